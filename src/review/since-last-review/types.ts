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

/** Data for comparing two reviews, small enough to hold for every principal. Actions are numbers of `ActionNames`. */
export interface Snapshot extends PrincipalName {
  readonly state: State;
  readonly admin: boolean;
  /** False if a policy or the boundary was unreadable: then removed actions are unknown. */
  readonly grantsKnown: boolean;
  readonly granted: ActionSet;
  readonly unused: ActionSet;
  readonly documents: readonly DocumentDigest[];
  readonly groups: readonly string[];
  /** Principals in the trust policy of a role, with conditions. */
  readonly trusted: readonly string[];
  /** Users only: false if the credential report shows neither a password nor an active access key; null if unknown. */
  readonly canSignIn: boolean | null;
}

/** An earlier review. */
export interface PreviousReview {
  readonly id: string;
  readonly period: Period;
  readonly accountIds: readonly string[];
  readonly principals: readonly Snapshot[];
  /** Actions in its catalog; null if it is today's catalog. */
  readonly listed: ActionSet | null;
}

/** Changes of one principal since the last review, and the outcome of the decision. Lists are sorted. */
export interface PrincipalChange extends Omit<ChangeRecord, keyof PrincipalName | 'sentence'> {
  /** Current name; earlier name if gone. */
  readonly principal: PrincipalName;
  /**
   * Unique ID of another principal with the same ARN: in the last review for new principals, in this review for
   * gone ones.
   */
  readonly sameArn: string | null;
  /** False if the last review lacks the account. */
  readonly accountReviewed: boolean;
  /** False if a policy or the boundary was unreadable, in either review. */
  readonly grantsKnown: boolean;
}
