import { z } from 'zod';
import { count, principalType, state, text, texts } from './parts.js';
import type { RecordOf } from './record.js';

/** Decisions of reviewers: the column `decision` of access-review.csv. */
export const REVIEWER_DECISIONS = ['keep', 'revoke', 'modify', 'abstain'] as const;
const reviewerDecision = z.enum(REVIEWER_DECISIONS);
export type ReviewerDecision = RecordOf<typeof reviewerDecision>;

/**
 * Outcome of a decision. `revoke`: revoked (gone), no-rights (exists, but its policies allow nothing), no-credentials (exists,
 * but cannot sign in), re-created (another principal has its ARN), not-revoked. `modify`: removed, narrowed, widened (actions
 * were added), not-narrowed. `keep`: kept, kept-idle (not used since), removed. No decision and `abstain`: undecided.
 * unknown: incomplete data.
 */
const outcome = z.enum([
  'revoked',
  'no-rights',
  'no-credentials',
  're-created',
  'not-revoked',
  'narrowed',
  'widened',
  'not-narrowed',
  'removed',
  'kept',
  'kept-idle',
  'undecided',
  'unknown',
]);
export type DecisionOutcome = RecordOf<typeof outcome>;

/** `not-reviewed`: its account is not in this review. */
const change = z.enum(['new', 'changed', 'same', 'gone', 'not-reviewed']);
export type ChangeSinceLast = RecordOf<typeof change>;

/** One row of the decisions file; text as written, '' if empty. */
const decisionRow = z.object({
  line: count.describe('line in the decisions file'),
  /** null if empty. */
  decision: reviewerDecision.nullable(),
  reviewer: text,
  reviewedAt: text.describe('YYYY-MM-DD, or as written if the date is ambiguous'),
  justification: text,
  ticket: text,
  remediatedAt: text,
  remediationEvidence: text,
});
export type DecisionRow = RecordOf<typeof decisionRow>;

/** `sinceLast` in a line of principals.ndjson. */
export const sinceLastShape = z.object({
  change,
  decision: reviewerDecision.nullable(),
  outcome: outcome.nullable(),
});

/** A line of json/changes.ndjson: changes of one principal since the last review, and the outcome of the decision. */
export const changeShape = z.object({
  arn: text,
  id: text,
  type: principalType,
  name: text,
  accountId: text,
  accountName: text,
  change,
  /** null if gone or not reviewed. */
  state: state.nullable(),
  /** null without decisions, and for new principals. */
  decision: decisionRow.nullable(),
  /** null without decisions, for new principals, and if not reviewed. */
  outcome: outcome.nullable(),
  sentence: text,
  /** Actions granted now but not in the last review, by the policies that grant them. Empty for new principals. */
  added: z.array(z.object({ policies: texts, actions: texts })),
  /** Actions granted in the last review but not now. Empty if gone. */
  removed: texts,
  /** Granted actions that AWS added to or removed from its list of actions: no change of grants. */
  relisted: z.object({ gained: count, lost: count }),
  /** Names of policies, `group/policy` for a group policy; `changed`: same name, other document. */
  policies: z.object({ added: texts, removed: texts, changed: texts }),
  groups: z.object({ joined: texts, left: texts }),
  /** Names of the permissions boundary; null if unchanged. */
  boundary: z.object({ before: text.nullable(), now: text.nullable() }).nullable(),
  trusted: z.object({ added: texts, removed: texts }),
  admin: z.object({ before: z.boolean().nullable(), now: z.boolean().nullable() }),
  granted: z.object({ before: count.nullable(), now: count.nullable() }),
  /** Number of actions, unused in the last review, that are still granted; null for new principals. */
  unusedStillGranted: count.nullable(),
  /** Earlier ARN, if renamed or moved. */
  renamedFrom: text.nullable(),
});
export type ChangeRecord = RecordOf<typeof changeShape>;
