import type { PrincipalAssumptions, PrincipalReview, ReviewHead } from '../../review/types.js';
import { policyFiles } from '../policies/files.js';
import { fileName } from '../site/render.js';
import type { Cell } from './cells.js';
import { trustedName } from '../../wording/trust.js';

/** One column of access-review.csv: its name and how to fill it. */
export type Column = readonly [
  name: string,
  value: (principal: PrincipalReview, assumptions: PrincipalAssumptions, head: ReviewHead) => Cell,
];

const empty = (): null => null;

/** Whole days; 0 for what came after the end of the period. */
const daysBetween = (from: string | null, to: string): number | null =>
  from === null ? null : Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000));

/** The file for the ticket: what is known of a principal, then empty columns for the reviewer. */
export const REVIEW_COLUMNS: readonly Column[] = [
  ['review_id', (_, __, head) => head.id],
  ['row_id', (p, _, head) => `${head.id}/${p.accountId}/${p.id}`],
  ['account_id', (p) => p.accountId],
  ['account_name', (p) => p.accountName],
  ['principal_type', (p) => p.type],
  ['principal_name', (p) => p.name],
  ['principal_arn', (p) => p.arn],
  ['principal_unique_id', (p) => p.id],
  ['human', (p) => p.human],
  ['owner', (p) => p.owner?.name ?? null],
  ['owner_source', (p) => p.owner?.source ?? null],
  ['created_at', (p) => p.createdAt],
  ['last_activity_at', (p) => lastActivity(p)?.at ?? null],
  ['last_activity_source', (p) => lastActivity(p)?.source ?? null],
  ['last_attempt_at', (p) => p.lastAttempt],
  ['days_idle', (p, _, head) => daysBetween(lastActivity(p)?.at ?? null, head.period.end)],
  ['console_access', (p) => p.credentials?.console ?? null],
  ['mfa', (p) => p.credentials?.mfa ?? null],
  ['active_keys', (p) => p.credentials?.activeKeys ?? null],
  [
    'oldest_key_age_days',
    (p, _, head) => daysBetween(p.credentials?.oldestKeySince ?? null, head.period.end),
  ],
  ['groups', (p) => p.groups],
  ['policies_attached', (p) => p.policiesAttached],
  ['policies_inline', (p) => p.policiesInline],
  ['permission_boundary', (p) => p.boundary],
  ['admin', (p) => p.tags.includes('admin')],
  ['risk_tags', riskTags],
  ['trusted_by', trustedBy],
  ['assumed_by_count', (_, assumptions) => assumptions.in.filter((a) => a.assumed).length],
  ['actions_granted', (p) => p.counts.granted],
  ['actions_used', (p) => p.counts.used],
  ['actions_unused', (p) => p.counts.unused],
  ['actions_unknown', (p) => p.counts.unknown],
  ['services_granted', (p) => p.counts.servicesGranted],
  ['services_used', (p) => p.counts.servicesUsed],
  ['denied_calls', (p) => p.counts.denied],
  ['suggestion', (p) => p.suggestion.decision],
  ['suggestion_reason', (p) => p.suggestion.reason],
  ['suggested_policy_file', (p) => policyFiles(p).map((file) => file.path)],
  ['change_since_last', (p) => p.sinceLast?.change ?? null],
  ['previous_decision', (p) => p.sinceLast?.decision?.decision ?? null],
  ['exemption_id', (p) => p.exemption?.id ?? null],
  ['period_start', (_, __, head) => head.period.start],
  ['period_end', (_, __, head) => head.period.end],
  ['data_completeness', (p) => (p.state === 'incomplete' ? 'incomplete' : 'complete')],
  ['report_link', (p) => `accounts/${p.accountId}/${p.type}s/${fileName(p.id)}.html`],
  ['reviewer', empty],
  ['reviewed_at', empty],
  ['decision', empty],
  ['justification', empty],
  ['ticket', empty],
  ['remediated_at', empty],
  ['remediation_evidence', empty],
];

/** From the trail, else from what AWS itself keeps about the last use: that may lie before the period. */
const lastActivity = (p: PrincipalReview): { at: string; source: string } | null =>
  p.lastActivity === null ? p.awsLastUsed : { at: p.lastActivity, source: 'cloudtrail' };

/**
 * What is special, then the risks: each tag once, and as `unused:<tag>` where at least one way of it can be taken
 * away unnoticed. A filter on `unused:` finds what can go at once.
 */
function riskTags({ tags, risks }: PrincipalReview): string[] {
  return [...new Set([...tags, ...risks.map(({ tag, unused }) => (unused ? `unused:${tag}` : tag))])];
}

/** Whom the trust policy names, then who of the accounts may therefore assume the role. */
function trustedBy({ type, trust }: PrincipalReview, assumptions: PrincipalAssumptions): string[] {
  if (type === 'user') return [];
  const sources = assumptions.in.filter(({ allowed }) => allowed !== 'no').map(({ sourceArn }) => sourceArn);
  return [...new Set([...trust.map(trustedName), ...sources])];
}
