import type { ActionSet } from '../../catalog/types.js';
import type { Period } from '../../period.js';
import type { ChangeRecord } from '../../model/since-last-review.js';
import type { DocumentDigest, PrincipalName, State } from '../principal-parts.js';

export type {
  ChangeSinceLast,
  DecisionRow,
  DecisionOutcome,
  ReviewerDecision,
} from '../../model/since-last-review.js';

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

/** What changed about one principal since the last review, and what came of the decision about it. MultiMap are sorted. */
export interface PrincipalChange extends Omit<ChangeRecord, keyof PrincipalName | 'sentence'> {
  /** As it is called today; as it was called then where it is gone. */
  readonly principal: PrincipalName;
  /** Unique id of another principal with the same ARN: in the last review for new ones, in this one for those that are gone. */
  readonly sameArn: string | null;
  /** False where the last review lacks the account. */
  readonly accountReviewed: boolean;
  /** False where a policy or the boundary could not be read, then or now. */
  readonly grantsKnown: boolean;
}
