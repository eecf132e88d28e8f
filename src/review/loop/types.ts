import type { ActionSet } from '../../catalog/types.js';
import type { Period } from '../../period.js';
import type { DocumentDigest, PrincipalName, State } from '../principal-parts.js';

/** What a reviewer decided about a principal (the column `decision` of access-review.csv). */
export const REVIEWER_DECISIONS = ['keep', 'revoke', 'modify', 'abstain'] as const;
export type ReviewerDecision = (typeof REVIEWER_DECISIONS)[number];

/** One filled row of an access review; texts as written, '' where empty. */
export interface DecisionRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  /** null: the reviewer left it empty. */
  readonly decision: ReviewerDecision | null;
  readonly reviewer: string;
  /** YYYY-MM-DD where the date is beyond doubt, else as written. */
  readonly reviewedAt: string;
  readonly justification: string;
  readonly ticket: string;
  readonly remediatedAt: string;
  readonly remediationEvidence: string;
}

/** What two reviews are compared by, small enough to hold for every principal. Actions are numbers of `ActionNames`. */
export interface Snapshot extends PrincipalName {
  readonly state: State;
  readonly admin: boolean;
  /** False when a policy or the boundary could not be read: then nothing can be said about what was taken away. */
  readonly grantsKnown: boolean;
  readonly granted: ActionSet;
  readonly unused: ActionSet;
  readonly documents: readonly DocumentDigest[];
  readonly groups: readonly string[];
  /** Whom a role's trust policy names, with the conditions. */
  readonly trusted: readonly string[];
  /** Of users: false when the credential report shows neither a password nor an active key; null where it is not known. */
  readonly canSignIn: boolean | null;
}

/** A review that was made earlier. */
export interface PreviousReview {
  readonly id: string;
  readonly period: Period;
  readonly accountIds: readonly string[];
  readonly principals: readonly Snapshot[];
  /** The actions that its catalog listed; null where it is the catalog of today. */
  readonly listed: ActionSet | null;
}

/**
 * What came of a decision. Of `revoke`: revoked (gone), no-rights (there, but may do nothing), no-credentials (there, but
 * cannot sign in), re-created (gone, and another one has its ARN), not-revoked. Of `modify`: removed, narrowed, widened
 * (something was added), not-narrowed. Of `keep`: kept, kept-idle (not used since), removed. Of none and `abstain`:
 * undecided. unknown: the data do not tell.
 */
export type LoopOutcome =
  | 'revoked'
  | 'no-rights'
  | 'no-credentials'
  | 're-created'
  | 'not-revoked'
  | 'narrowed'
  | 'widened'
  | 'not-narrowed'
  | 'removed'
  | 'kept'
  | 'kept-idle'
  | 'undecided'
  | 'unknown';

export type ChangeSinceLast = 'new' | 'changed' | 'same' | 'gone' | 'not-reviewed';

/** What changed about one principal since the last review, and what came of the decision about it. Lists are sorted. */
export interface SinceLast {
  /** `not-reviewed`: its account is not in today's review, so nobody can say. */
  readonly change: ChangeSinceLast;
  /** As it is called today; as it was called then where it is gone. */
  readonly principal: PrincipalName;
  /** null where it is gone or not reviewed. */
  readonly state: State | null;
  /** null without decisions, and for new principals. */
  readonly decision: DecisionRow | null;
  /** null without decisions, for new principals, and where it was not reviewed. */
  readonly outcome: LoopOutcome | null;
  /** Plain sentences for people who never saw AWS. */
  readonly sentence: string;
  /** Actions granted now and not then, by the policies that grant them. Empty for new principals. */
  readonly added: readonly { readonly policies: readonly string[]; readonly actions: readonly string[] }[];
  /** Actions granted then and not now. Empty where it is gone. */
  readonly removed: readonly string[];
  /** Granted actions that only AWS's list of actions has gained or lost: no change of grants. */
  readonly relisted: { readonly gained: number; readonly lost: number };
  /** Names of policies, `group/policy` through a group; `changed`: the same policy says something else. */
  readonly policies: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly string[];
  };
  readonly groups: { readonly joined: readonly string[]; readonly left: readonly string[] };
  /** Names of the boundary policy; null where it is the same. */
  readonly boundary: { readonly before: string | null; readonly now: string | null } | null;
  readonly trusted: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly admin: { readonly before: boolean | null; readonly now: boolean | null };
  readonly granted: { readonly before: number | null; readonly now: number | null };
  /** Of the actions that the last review found unused, how many are granted still; null where it is new. */
  readonly unusedStillGranted: number | null;
  /** Its ARN then, where it was renamed or moved. */
  readonly renamedFrom: string | null;
}
