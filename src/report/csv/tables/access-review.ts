import type { PrincipalAssumptions, ReviewHead } from '../../../review/types.js';
import { policyFiles } from '../../policies/files.js';
import { fileName } from '../../site/render.js';
import { trustedName } from '../../../wording/trust.js';
import { WHO, type Table } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

interface Row {
  readonly p: DescribedPrincipal;
  readonly assumptions: PrincipalAssumptions;
  readonly head: ReviewHead;
}

/** The file for the ticket: what is known of a principal, then empty columns for the reviewer. */
export const ACCESS_REVIEW: Table<Row> = {
  name: 'access-review',
  content: 'one row per principal, with empty columns for the reviewer: the file for the ticket',
  columns: [
    ['review_id', 'the review, for example 2026-Q3', ({ head }) => head.id],
    [
      'row_id',
      'review, account and unique id of the principal: the same row in later files',
      ({ p, head }) => `${head.id}/${p.accountId}/${p.id}`,
    ],
    ...WHO,
    ['principal_unique_id', 'AIDA… or AROA…: tells apart who had the same name', ({ p }) => p.id],
    ['human', 'yes, no or unknown', ({ p }) => p.human],
    ['owner', 'who answers for it', ({ p }) => p.owner?.name ?? null],
    ['owner_source', 'what says so', ({ p }) => p.owner?.source ?? null],
    ['created_at', 'when it was created', ({ p }) => p.createdAt],
    ['last_activity_at', 'last activity that is known', ({ p }) => lastActivity(p)?.at ?? null],
    ['last_activity_source', 'what says so', ({ p }) => lastActivity(p)?.source ?? null],
    [
      'last_attempt_at',
      'last call in the period, also one that was denied or failed',
      ({ p }) => p.lastAttempt,
    ],
    [
      'days_idle',
      'whole days from the last activity to the end of the period',
      ({ p, head }) => daysBetween(lastActivity(p)?.at ?? null, head.period.end),
    ],
    ['console_access', 'whether it has a password', ({ p }) => p.credentials?.console ?? null],
    ['mfa', 'whether it has an MFA device', ({ p }) => p.credentials?.mfa ?? null],
    ['active_keys', 'number of active access keys', ({ p }) => p.credentials?.activeKeys ?? null],
    [
      'oldest_key_age_days',
      'age of the oldest active access key',
      ({ p, head }) => daysBetween(p.credentials?.oldestKeySince ?? null, head.period.end),
    ],
    ['groups', 'groups of the user', ({ p }) => p.groups],
    [
      'policies_attached',
      'managed policies; group/policy for those of a group',
      ({ p }) => p.policiesAttached,
    ],
    ['policies_inline', 'inline policies; group/policy for those of a group', ({ p }) => p.policiesInline],
    [
      'permission_boundary',
      'name of the permissions boundary; its ARN where no file has the policy',
      ({ p }) => p.boundary,
    ],
    ['admin', 'yes when everything is allowed', ({ p }) => p.tags.includes('admin')],
    [
      'risk_tags',
      'what is special, then risks; unused: before those that can be taken away unnoticed',
      ({ p }) => riskTags(p),
    ],
    [
      'trusted_by',
      'of a role: whom its trust policy names, then who may therefore assume it',
      ({ p, assumptions }) => trustedBy(p, assumptions),
    ],
    [
      'assumed_by_count',
      'how many principals assumed the role in the period',
      ({ assumptions }) => assumptions.in.filter((a) => a.assumed).length,
    ],
    ['actions_granted', 'IAM actions that its policies allow', ({ p }) => p.counts.granted],
    ['actions_used', 'of these, used in the period', ({ p }) => p.counts.used],
    ['actions_unused', 'of these, recorded by CloudTrail but not used', ({ p }) => p.counts.unused],
    [
      'actions_unknown',
      'of these, those of which nobody knows whether they were used',
      ({ p }) => p.counts.unknown,
    ],
    ['services_granted', 'services with a granted action', ({ p }) => p.counts.servicesGranted],
    ['services_used', 'services with a used action', ({ p }) => p.counts.servicesUsed],
    ['denied_calls', 'calls that were denied', ({ p }) => p.counts.denied],
    ['suggestion', 'keep, reduce, remove or investigate', ({ p }) => p.suggestion.decision],
    ['suggestion_reason', 'why, in a sentence', ({ p }) => p.suggestion.reason],
    [
      'suggested_policy_file',
      'files of this report with the suggested policies',
      ({ p }) => policyFiles(p).map((file) => file.path),
    ],
    [
      'change_since_last',
      'new, changed, same or gone since the previous report',
      ({ p }) => p.sinceLast?.change ?? null,
    ],
    [
      'previous_decision',
      'what the reviewer decided then',
      ({ p }) => p.sinceLast?.decision?.decision ?? null,
    ],
    ['exemption_id', 'exemption of the configuration that covers it', ({ p }) => p.exemption?.id ?? null],
    ['period_start', 'first moment of the period', ({ head }) => head.period.start],
    ['period_end', 'end of the period, not in it', ({ head }) => head.period.end],
    [
      'data_completeness',
      'incomplete when events may be missing: then nothing is called unused',
      ({ p }) => (p.state === 'incomplete' ? 'incomplete' : 'complete'),
    ],
    [
      'report_link',
      'its page in this report',
      ({ p }) => `accounts/${p.accountId}/${p.type}s/${fileName(p.id)}.html`,
    ],
    ['reviewer', 'empty, for the reviewer: who decided', () => null],
    ['reviewed_at', 'empty, for the reviewer: when', () => null],
    ['decision', 'empty, for the reviewer: keep, revoke, modify or abstain', () => null],
    ['justification', 'empty, for the reviewer', () => null],
    ['ticket', 'empty, for the reviewer', () => null],
    ['remediated_at', 'empty, for the reviewer', () => null],
    ['remediation_evidence', 'empty, for the reviewer', () => null],
  ],
};

/** Whole days; 0 for what came after the end of the period. */
const daysBetween = (from: string | null, to: string): number | null =>
  from === null ? null : Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000));

/** From the trail, else from what AWS itself keeps about the last use: that may lie before the period. */
const lastActivity = (p: DescribedPrincipal): { at: string; source: string } | null =>
  p.lastActivity === null ? p.awsLastUsed : { at: p.lastActivity, source: 'cloudtrail' };

/**
 * What is special, then the risks: each tag once, and as `unused:<tag>` where at least one way of it can be taken
 * away unnoticed. A filter on `unused:` finds what can go at once.
 */
function riskTags({ tags, risks }: DescribedPrincipal): string[] {
  return [...new Set([...tags, ...risks.map(({ tag, unused }) => (unused ? `unused:${tag}` : tag))])];
}

/** Whom the trust policy names, then who of the accounts may therefore assume the role. */
function trustedBy({ type, trust }: DescribedPrincipal, assumptions: PrincipalAssumptions): string[] {
  if (type === 'user') return [];
  const sources = assumptions.in.filter(({ allowed }) => allowed !== 'no').map(({ sourceArn }) => sourceArn);
  return [...new Set([...trust.map(trustedName), ...sources])];
}
