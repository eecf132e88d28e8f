import { principalPath } from '../../paths.js';
import { DAY_MS } from '../../../base/time.js';
import type { PrincipalAssumptions, ReviewHead } from '../../../review/types.js';
import { policyFiles } from '../../policies/files.js';
import { trustedName } from '../../../wording/trust.js';
import { WHO, type Table } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

interface Row {
  readonly p: DescribedPrincipal;
  readonly assumptions: PrincipalAssumptions;
  readonly head: ReviewHead;
}

/** The file for the ticket: facts about a principal, and empty columns for the reviewer. */
export const ACCESS_REVIEW: Table<Row> = {
  name: 'access-review',
  content: 'one row per principal, with empty columns for the reviewer: the file for the ticket',
  columns: [
    ['review_id', 'review, for example 2026-Q3', ({ head }) => head.id],
    [
      'row_id',
      'review, account and unique ID of the principal',
      ({ p, head }) => `${head.id}/${p.accountId}/${p.id}`,
    ],
    ...WHO,
    [
      'principal_unique_id',
      'unique ID, AIDA… or AROA…: distinguishes principals of the same name',
      ({ p }) => p.id,
    ],
    [
      'human',
      'yes: a person can sign in; no: only access keys or AWS services; otherwise unknown',
      ({ p }) => p.human,
    ],
    ['owner', 'owner, from a tag, the exemption or the configuration', ({ p }) => p.owner?.name ?? null],
    [
      'owner_source',
      '`tag:KEY`, `exemption:ID` or `account` (`owner` in the configuration)',
      ({ p }) => p.owner?.source ?? null,
    ],
    ['created_at', 'creation time in IAM', ({ p }) => p.createdAt],
    [
      'last_activity_at',
      'last successful call in the period; otherwise the last use that AWS recorded',
      ({ p }) => lastActivity(p)?.at ?? null,
    ],
    [
      'last_activity_source',
      '`cloudtrail`, `iam` (last use of a role) or `credential-report`',
      ({ p }) => lastActivity(p)?.source ?? null,
    ],
    [
      'last_attempt_at',
      'last call in the period, denied and failed calls included',
      ({ p }) => p.lastAttempt,
    ],
    [
      'days_idle',
      'whole days from the last activity to the end of the period',
      ({ p, head }) => daysBetween(lastActivity(p)?.at ?? null, head.period.end),
    ],
    [
      'console_access',
      'users only, from the credential report: has a console password',
      ({ p }) => p.credentials?.console ?? null,
    ],
    [
      'mfa',
      'users only, from the credential report: has an MFA device',
      ({ p }) => p.credentials?.mfa ?? null,
    ],
    [
      'active_keys',
      'users only, from the credential report: number of active access keys',
      ({ p }) => p.credentials?.activeKeys ?? null,
    ],
    [
      'oldest_key_age_days',
      'age of the oldest active access key in days, at the end of the period',
      ({ p, head }) => daysBetween(p.credentials?.oldestKeySince ?? null, head.period.end),
    ],
    ['groups', 'groups of the user', ({ p }) => p.groups],
    [
      'policies_attached',
      'attached managed policies; `group/policy` for those of a group',
      ({ p }) => p.policiesAttached,
    ],
    ['policies_inline', 'inline policies; `group/policy` for those of a group', ({ p }) => p.policiesInline],
    ['permission_boundary', 'ARN of the permissions boundary', ({ p }) => p.boundary?.arn ?? null],
    [
      'admin',
      'administrator: every known action on every resource, without conditions, within the boundary',
      ({ p }) => p.tags.includes('admin'),
    ],
    [
      'risk_tags',
      '`admin`, `unused-admin`, `boundary`, `exempt`, `exemption-expired`, `service-linked`, then risks; prefix `unused:` for unused risks',
      ({ p }) => riskTags(p),
    ],
    [
      'trusted_by',
      'roles only: principals in the trust policy, then principals that can assume the role',
      ({ p, assumptions }) => trustedBy(p, assumptions),
    ],
    [
      'assumed_by_count',
      'number of principals that assumed the role in the period',
      ({ assumptions }) => assumptions.in.filter((a) => a.assumed).length,
    ],
    ['actions_granted', 'number of granted actions', ({ p }) => p.counts.granted],
    ['actions_used', 'number of used actions', ({ p }) => p.counts.used],
    [
      'actions_unused',
      'number of unused actions: recorded by CloudTrail, not used',
      ({ p }) => p.counts.unused,
    ],
    [
      'actions_unknown',
      'number of unknown actions: the logs do not show whether they were used',
      ({ p }) => p.counts.unknown,
    ],
    ['services_granted', 'number of services with a granted action', ({ p }) => p.counts.servicesGranted],
    ['services_used', 'number of services with a used action', ({ p }) => p.counts.servicesUsed],
    ['denied_calls', 'number of denied calls', ({ p }) => p.counts.denied],
    ['suggestion', 'keep, reduce, remove or investigate', ({ p }) => p.suggestion.decision],
    ['suggestion_reason', 'reason, as a sentence', ({ p }) => p.suggestion.reason],
    [
      'suggested_policy_file',
      'files with the suggested policies',
      ({ p }) => policyFiles(p).map((file) => file.path),
    ],
    [
      'change_since_last',
      'with --previous: new, changed or same since the last review',
      ({ p }) => p.sinceLast?.change ?? null,
    ],
    [
      'previous_decision',
      'with --decisions: keep, revoke, modify or abstain',
      ({ p }) => p.sinceLast?.decision?.decision ?? null,
    ],
    ['exemption_id', 'ID of the exemption', ({ p }) => p.exemption?.id ?? null],
    ['period_start', 'start of the period', ({ head }) => head.period.start],
    ['period_end', 'end of the period, excluded', ({ head }) => head.period.end],
    [
      'data_completeness',
      'complete or incomplete; an incomplete principal has no unused actions',
      ({ p }) => (p.state === 'incomplete' ? 'incomplete' : 'complete'),
    ],
    ['report_link', 'page of the principal in this report', ({ p }) => principalPath(p)],
    ['reviewer', 'for the reviewer: name', () => null],
    ['reviewed_at', 'for the reviewer: date of the decision', () => null],
    ['decision', 'for the reviewer: keep, revoke, modify or abstain', () => null],
    ['justification', 'for the reviewer: reason for the decision', () => null],
    ['ticket', 'for the reviewer: ticket of the decision', () => null],
    ['remediated_at', 'for the administrator: date of the change', () => null],
    ['remediation_evidence', 'for the administrator: evidence of the change', () => null],
  ],
};

/** Whole days; 0 after the end of the period. */
const daysBetween = (from: string | null, to: string): number | null =>
  from === null ? null : Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS));

/** From the logs, or from AWS's own record of the last use, which can precede the period. */
const lastActivity = (p: DescribedPrincipal): { at: string; source: string } | null =>
  p.lastActivity === null ? p.awsLastUsed : { at: p.lastActivity, source: 'cloudtrail' };

/**
 * Tags, then risks: each tag once, with the prefix `unused:` if at least one risk of this type is unused. A filter
 * on `unused:` finds what can be removed now.
 */
function riskTags({ tags, risks }: DescribedPrincipal): string[] {
  return [...new Set([...tags, ...risks.map(({ tag, unused }) => (unused ? `unused:${tag}` : tag))])];
}

/** Principals in the trust policy, then principals that can assume the role. */
function trustedBy({ type, trust }: DescribedPrincipal, assumptions: PrincipalAssumptions): string[] {
  if (type === 'user') return [];
  const sources = assumptions.in.filter(({ allowed }) => allowed !== 'no').map(({ sourceArn }) => sourceArn);
  return [...new Set([...trust.map(trustedName), ...sources])];
}
