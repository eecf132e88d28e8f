import type { ReviewHead } from '../../review/types.js';
import type { Cell } from '../csv/cells.js';
import { OUTCOME_STATUS } from './outcomes.js';
import type { DescribedChange } from '../../wording/described.js';

/** A column of changes.csv: name and value. */
type Column = readonly [name: string, value: (one: DescribedChange, head: ReviewHead) => Cell];

export const CHANGE_COLUMNS: readonly Column[] = [
  ['review_id', (_, head) => head.id],
  ['previous_review_id', (_, head) => head.previous?.id ?? null],
  ['account_id', (c) => c.principal.accountId],
  ['account_name', (c) => c.principal.accountName],
  ['principal_type', (c) => c.principal.type],
  ['principal_name', (c) => c.principal.name],
  ['principal_arn', (c) => c.principal.arn],
  ['principal_unique_id', (c) => c.principal.id],
  ['change_since_last', (c) => c.change],
  ['state', (c) => c.state],
  ['previous_decision', (c) => c.decision?.decision ?? null],
  ['reviewer', (c) => c.decision?.reviewer ?? null],
  ['reviewed_at', (c) => c.decision?.reviewedAt ?? null],
  ['justification', (c) => c.decision?.justification ?? null],
  ['ticket', (c) => c.decision?.ticket ?? null],
  ['remediated_at', (c) => c.decision?.remediatedAt ?? null],
  ['remediation_evidence', (c) => c.decision?.remediationEvidence ?? null],
  ['outcome', (c) => c.outcome],
  ['outcome_status', (c) => (c.outcome === null ? null : OUTCOME_STATUS[c.outcome])],
  ['sentence', (c) => c.sentence],
  ['actions_granted_before', (c) => c.granted.before],
  ['actions_granted_now', (c) => c.granted.now],
  ['unused_still_granted', (c) => c.unusedStillGranted],
  ['actions_added', (c) => c.added.flatMap(({ actions }) => actions).sort()],
  ['added_by', (c) => [...new Set(c.added.flatMap(({ policies }) => policies))].sort()],
  ['actions_removed', (c) => c.removed],
  ['policies_added', (c) => c.policies.added],
  ['policies_removed', (c) => c.policies.removed],
  ['policies_changed', (c) => c.policies.changed],
  ['groups_joined', (c) => c.groups.joined],
  ['groups_left', (c) => c.groups.left],
  ['boundary_before', (c) => (c.boundary === null ? null : (c.boundary.before ?? 'none'))],
  ['boundary_now', (c) => (c.boundary === null ? null : (c.boundary.now ?? 'none'))],
  ['trusted_added', (c) => c.trusted.added],
  ['trusted_removed', (c) => c.trusted.removed],
  ['admin_before', (c) => c.admin.before],
  ['admin_now', (c) => c.admin.now],
  ['renamed_from', (c) => c.renamedFrom],
];
