import type { PrincipalType } from '../iam/types.js';

/** Title of each table on pages, and a note of one or two sentences. */

export const INDEX_TABLES = {
  grants: {
    title: 'Used and granted permissions by account',
    note: 'Totals over the principals of each account.',
  },
  accounts: {
    title: 'Accounts',
    note: 'Principals by state and by suggestion; used and granted permissions.',
  },
  coverage: { title: 'Log coverage', note: 'A day without events can mean that logs are missing.' },
  recording: {
    title: 'Event types in the logs',
    note: 'Events from all callers, AWS services included. If the logs contain no events of a type, actions of that type are unknown, not unused.',
  },
  population: {
    title: 'Population',
    note: 'Every user and role in the IAM file has a row in this report: the difference must be 0.',
  },
  exemptions: { title: 'Exemptions' },
  risks: {
    title: 'Risks by type',
    note: 'Principals with each type of risk. Unused: at least one such risk can be removed without affecting recorded use.',
  },
  escalation: {
    title: 'Unused privilege escalation',
    note: 'These principals can escalate their privileges, but did not use at least one of the actions needed. Remove that action.',
  },
  trustFindings: {
    title: 'Trust policy findings',
    note: 'Trust policies define who can assume a role. All entries: csv/trust.csv.',
  },
  crossAccount: {
    title: 'Cross-account trusts',
    note: 'Other accounts that can assume roles. An account without a name is not part of this review: ask who owns it.',
  },
  largest: {
    title: 'Largest reductions',
    note: 'Principals to reduce or remove, with the most unused actions.',
  },
  warnings: { title: 'Warnings', linkText: 'Limits of this report' },
  unmapped: {
    title: 'Unmapped events',
    note: 'Events that match no known action. They count for no principal.',
  },
} as const;

export const ACCOUNT_TABLES = {
  users: 'Users',
  roles: 'Roles',
  somePrincipals: (shown: string, all: string): string =>
    `${shown} of ${all} are on this page; csv/access-review.csv lists all.`,
  trailOnly: {
    title: 'Principals seen only in the logs',
    note: 'They called this account, but its IAM file does not list them. Their permissions are unknown.',
  },
} as const;

export const ROLE_ASSUMPTION_TABLES = {
  pairs: { title: 'Pairs', note: 'Who can assume which role, and who did.' },
  somePairs: (shown: string, all: string): string =>
    `First ${shown} of ${all} pairs, used pairs first; csv/assumptions.csv lists all.`,
  chains: {
    title: 'Role chains',
    note: 'Roles that were assumed from sessions of other roles. A path begins with the original caller.',
  },
  accounts: {
    title: 'Pairs by account',
    note: 'Pairs by the account of the source and the account of the role.',
  },
} as const;

export const PRINCIPAL_TABLES = {
  trust: {
    title: 'Who can assume this role',
    note: 'Principals that the trust policy names. Sessions: those in the period that the entry may have allowed.',
  },
  origins: {
    title: 'Session origins',
    note: 'A path begins with the original caller, followed by every role assumed.',
  },
  people: {
    title: 'People behind this role',
    note: 'Calls by session name. Programs have session names too.',
  },
  passedRoles: {
    title: 'Roles passed to services',
    note: 'Roles in the requests of succeeded calls. The service then acts with the permissions of the role.',
  },
  rolesOf: (type: PrincipalType): string => `Roles that this ${type} can assume or assumed`,
  sources: {
    title: 'Users and roles that can assume or assumed this role',
    note: 'Allowed by the trust policy and the policies of both principals.',
  },
  ungranted: {
    title: 'Ungranted actions',
    note: 'Used in the period, but not granted by today’s policies.',
  },
  denied: { title: 'Denied calls', note: 'AWS denied these calls. They do not count as use.' },
  failed: {
    title: 'Failed calls',
    note: 'These calls failed for other reasons. They do not show whether the caller had the permission.',
  },
  unmapped: { title: 'Unmapped events', note: 'Events that match no known action.' },
  weeks: { title: 'Calls per week' },
  usedActions: (service: string): string => `Used actions of ${service}`,
} as const;

export const CHANGES_TABLES = {
  new: 'New principals',
  changed: 'Changed principals',
  gone: 'Principals no longer in the IAM file',
  'not-reviewed': 'Principals not in this review',
  some: (all: string): string => `${all} in total.`,
} as const;
