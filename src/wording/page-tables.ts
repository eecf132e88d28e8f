import type { PrincipalType } from '../iam/types.js';

/** The title of each table on pages, and a note of one or two sentences. */

export const INDEX_TABLES = {
  grants: {
    title: 'Used and granted actions by account',
    note: 'Sums over the principals of each account.',
  },
  accounts: { title: 'Accounts', note: 'Suggested decisions for the principals of each account.' },
  coverage: {
    title: 'Log coverage',
    note: 'A day without events can mean that log files are missing.',
  },
  recording: {
    title: 'Recorded events by kind',
    note: 'Events of any caller in the account, including AWS services. If the logs contain no event of a kind, its actions are unknown, not unused.',
  },
  population: {
    title: 'Population',
    note: 'The report has a row for every user and role in the IAM files: the difference must be 0.',
  },
  exemptions: { title: 'Exemptions' },
  risks: {
    title: 'Risks of granted actions',
    note: 'Principals with each risk. A risk is unused if it can be removed without affecting recorded use.',
  },
  escalation: {
    title: 'Unused privilege escalation',
    note: 'These principals can extend their own permissions with actions that they did not use.',
  },
  trustFindings: {
    title: 'Trust policy findings',
    note: 'A trust policy names who can assume its role. csv/trust.csv lists all entries.',
  },
  crossAccount: {
    title: 'Cross-account trust',
    note: 'Other accounts that roles trust. An account without a name is not part of this review: ask who owns it.',
  },
  largest: {
    title: 'Ten largest reductions',
    note: 'Principals to reduce or remove, by number of unused actions.',
  },
  warnings: { title: 'Warnings' },
  unmapped: {
    title: 'Unmapped events',
    note: 'Calls that match no known IAM action. They are counted here, but not for any principal.',
  },
} as const;

export const ACCOUNT_TABLES = {
  users: 'Users',
  roles: 'Roles',
  somePrincipals: (shown: string, all: string): string =>
    `${shown} of ${all} are on this page. csv/access-review.csv lists all.`,
  otherCallers: {
    title: 'Callers not in the IAM file',
    note: 'They made calls in this account, but are not users or roles in its IAM file. Their permissions are not known.',
  },
  warnings: { title: 'Warnings' },
} as const;

export const ROLE_ASSUMPTION_TABLES = {
  pairs: { title: 'Role assumptions', note: 'Who can assume which role, and who did.' },
  somePairs: (shown: string, all: string): string =>
    `The first ${shown} of ${all} pairs, used ones first. csv/assumptions.csv lists all.`,
  chains: {
    title: 'Role chains',
    note: 'Roles that were assumed from a session of another role. Each chain starts with its first caller.',
  },
  accounts: {
    title: 'Role assumptions by account',
    note: 'Pairs of a source principal and a role, by the accounts of both.',
  },
} as const;

export const PRINCIPAL_TABLES = {
  trust: {
    title: 'Who can assume this role',
    note: 'The entries of the trust policy. Sessions are those of the period that the entry can have allowed.',
  },
  origins: {
    title: 'Origin of sessions',
    note: 'Each chain starts with its first caller.',
  },
  people: {
    title: 'People using this role',
    note: 'Calls by session name. Programs have session names, too.',
  },
  rolesOf: (type: PrincipalType): string => `Roles that this ${type} can assume or has assumed`,
  sources: {
    title: 'Principals that can assume or have assumed this role',
    note: 'Allowed is the combined result of the trust policy and the identity policies.',
  },
  ungranted: {
    title: 'Ungranted actions',
    note: 'Used in the period, but not granted by the current policies.',
  },
  denied: { title: 'Denied calls', note: 'AWS denied these calls. They never count as use.' },
  failed: {
    title: 'Failed calls',
    note: 'These calls failed with another error, so they do not prove that the permission was granted.',
  },
  unmapped: { title: 'Unmapped events', note: 'Calls that match no known IAM action.' },
  weeks: { title: 'Calls by week' },
  usedActions: (service: string): string => `Used actions of ${service}`,
} as const;

export const CHANGES_TABLES = {
  new: 'New principals',
  changed: 'Changed principals',
  gone: 'Deleted principals',
  'not-reviewed': 'Principals not in this review',
  some: (all: string): string => `${all} in total.`,
} as const;
