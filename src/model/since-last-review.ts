import { z } from 'zod';
import { count, principalType, state, text, texts } from './parts.js';
import type { RecordOf } from './record.js';

/** What a reviewer decided about a principal (the column `decision` of access-review.csv). */
export const REVIEWER_DECISIONS = ['keep', 'revoke', 'modify', 'abstain'] as const;
const reviewerDecision = z.enum(REVIEWER_DECISIONS);
export type ReviewerDecision = RecordOf<typeof reviewerDecision>;

/**
 * What came of a decision. Of `revoke`: revoked (gone), no-rights (there, but may do nothing), no-credentials (there, but
 * cannot sign in), re-created (gone, and another one has its ARN), not-revoked. Of `modify`: removed, narrowed, widened
 * (something was added), not-narrowed. Of `keep`: kept, kept-idle (not used since), removed. Of none and `abstain`:
 * undecided. unknown: the data do not tell.
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

/** `not-reviewed`: its account is not in today's review, so nobody can say. */
const change = z.enum(['new', 'changed', 'same', 'gone', 'not-reviewed']);
export type ChangeSinceLast = RecordOf<typeof change>;

/** One filled row of an access review; texts as written, '' where empty. */
const decisionRow = z.object({
  line: count.describe('of the file of decisions'),
  /** null: the reviewer left it empty. */
  decision: reviewerDecision.nullable(),
  reviewer: text,
  reviewedAt: text.describe('YYYY-MM-DD, or as written where the date is in doubt'),
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

/** A line of json/changes.ndjson: what changed about one principal since the last review, and what came of the decision about it. */
export const changeShape = z.object({
  arn: text,
  id: text,
  type: principalType,
  name: text,
  accountId: text,
  accountName: text,
  change,
  /** null where it is gone or not reviewed. */
  state: state.nullable(),
  /** null without decisions, and for new principals. */
  decision: decisionRow.nullable(),
  /** null without decisions, for new principals, and where it was not reviewed. */
  outcome: outcome.nullable(),
  sentence: text,
  /** Actions granted now and not then, by the policies that grant them. Empty for new principals. */
  added: z.array(z.object({ policies: texts, actions: texts })),
  /** Actions granted then and not now. Empty where it is gone. */
  removed: texts,
  /** Granted actions that only AWS's list of actions has gained or lost: no change of grants. */
  relisted: z.object({ gained: count, lost: count }),
  /** Names of policies, `group/policy` through a group; `changed`: the same policy says something else. */
  policies: z.object({ added: texts, removed: texts, changed: texts }),
  groups: z.object({ joined: texts, left: texts }),
  /** Names of the boundary policy; null where it is the same. */
  boundary: z.object({ before: text.nullable(), now: text.nullable() }).nullable(),
  trusted: z.object({ added: texts, removed: texts }),
  admin: z.object({ before: z.boolean().nullable(), now: z.boolean().nullable() }),
  granted: z.object({ before: count.nullable(), now: count.nullable() }),
  /** Of the actions that the last review found unused, how many are granted still; null where it is new. */
  unusedStillGranted: count.nullable(),
  /** Its ARN then, where it was renamed or moved. */
  renamedFrom: text.nullable(),
});
export type ChangeRecord = RecordOf<typeof changeShape>;
