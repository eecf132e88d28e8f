import type { ReviewHead } from '../../review/types.js';
import type { Table } from '../csv/tables/table.js';
import { OUTCOME_STATUS } from './outcomes.js';
import type { DescribedChange } from '../../wording/described.js';

interface Row {
  readonly c: DescribedChange;
  readonly head: ReviewHead;
}

export const CHANGES: Table<Row> = {
  name: 'changes',
  content:
    'changes since the last review, and [the outcome of every decision](reviews.md#outcomes-of-decisions)',
  when: 'compared',
  columns: [
    ['review_id', 'review, for example 2026-Q3', ({ head }) => head.id],
    [
      'previous_review_id',
      'earlier review, with which it is compared',
      ({ head }) => head.previous?.id ?? null,
    ],
    ['account_id', '12 digits', ({ c }) => c.principal.accountId],
    ['account_name', 'as in the configuration', ({ c }) => c.principal.accountName],
    ['principal_type', 'user or role', ({ c }) => c.principal.type],
    ['principal_name', 'name without path', ({ c }) => c.principal.name],
    ['principal_arn', 'full ARN', ({ c }) => c.principal.arn],
    [
      'principal_unique_id',
      'unique ID, AIDA… or AROA…: distinguishes principals of the same name',
      ({ c }) => c.principal.id,
    ],
    ['change_since_last', 'new, changed, same, gone or not-reviewed', ({ c }) => c.change],
    [
      'state',
      'active, inactive or incomplete; empty for principals that are gone or not reviewed',
      ({ c }) => c.state,
    ],
    [
      'previous_decision',
      'decision of the earlier review: keep, revoke, modify or abstain',
      ({ c }) => c.decision?.decision ?? null,
    ],
    ['reviewer', 'reviewer who decided', ({ c }) => c.decision?.reviewer ?? null],
    ['reviewed_at', 'date of the decision', ({ c }) => c.decision?.reviewedAt ?? null],
    ['justification', 'reason of the reviewer', ({ c }) => c.decision?.justification ?? null],
    ['ticket', 'ticket of the decision', ({ c }) => c.decision?.ticket ?? null],
    [
      'remediated_at',
      'date of the remediation, as the reviewer wrote it',
      ({ c }) => c.decision?.remediatedAt ?? null,
    ],
    [
      'remediation_evidence',
      'evidence of the remediation, as the reviewer wrote it',
      ({ c }) => c.decision?.remediationEvidence ?? null,
    ],
    ['outcome', '[outcome of the decision](reviews.md#outcomes-of-decisions)', ({ c }) => c.outcome],
    [
      'outcome_status',
      'done: carried out as decided; open: not as decided, or undecided; changed: something else happened',
      ({ c }) => (c.outcome === null ? null : OUTCOME_STATUS[c.outcome]),
    ],
    ['sentence', 'changes and outcome in plain words', ({ c }) => c.sentence],
    [
      'actions_granted_before',
      'number of granted actions in the earlier review',
      ({ c }) => c.granted.before,
    ],
    ['actions_granted_now', 'number of granted actions in this review', ({ c }) => c.granted.now],
    [
      'unused_still_granted',
      'unused actions of the earlier review that are still granted',
      ({ c }) => c.unusedStillGranted,
    ],
    [
      'actions_added',
      'actions granted since the earlier review',
      ({ c }) => c.added.flatMap(({ actions }) => actions).sort(),
    ],
    [
      'added_by',
      'policies that grant the added actions',
      ({ c }) => [...new Set(c.added.flatMap(({ policies }) => policies))].sort(),
    ],
    ['actions_removed', 'actions no longer granted', ({ c }) => c.removed],
    ['policies_added', 'policies added since the earlier review', ({ c }) => c.policies.added],
    ['policies_removed', 'policies removed since the earlier review', ({ c }) => c.policies.removed],
    ['policies_changed', 'policies with another document', ({ c }) => c.policies.changed],
    ['groups_joined', 'groups that the user joined', ({ c }) => c.groups.joined],
    ['groups_left', 'groups that the user left', ({ c }) => c.groups.left],
    [
      'boundary_before',
      'earlier permissions boundary; empty if it is the same',
      ({ c }) => (c.boundary === null ? null : (c.boundary.before ?? 'none')),
    ],
    [
      'boundary_now',
      'permissions boundary; empty if it is the same',
      ({ c }) => (c.boundary === null ? null : (c.boundary.now ?? 'none')),
    ],
    ['trusted_added', 'entries added to the trust policy', ({ c }) => c.trusted.added],
    ['trusted_removed', 'entries removed from the trust policy', ({ c }) => c.trusted.removed],
    ['admin_before', 'administrator in the earlier review', ({ c }) => c.admin.before],
    ['admin_now', 'administrator in this review', ({ c }) => c.admin.now],
    ['renamed_from', 'earlier ARN of a renamed or moved principal', ({ c }) => c.renamedFrom],
  ],
};
