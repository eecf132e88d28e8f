import type { TrustEntry } from '../iam/types.js';
import type { PrincipalRecord } from '../model/principal.js';
import type { RiskRecord } from '../model/risk.js';
import type { SuggestionRecord } from '../model/suggestion.js';
import type { Actor } from '../trail/types.js';
import type { UnknownKind } from './recording/unseen.js';

/** What the logs and the policies show of a principal, part by part: `PrincipalReview` puts it together. */

export type { Decision, SeenCalls, State, UsedAction } from '../model/parts.js';
export type { RiskTag } from '../model/risk-table.js';

export type PrincipalName = Pick<
  PrincipalRecord,
  'arn' | 'id' | 'type' | 'name' | 'accountId' | 'accountName'
>;

export type UsedGrantedAction = PrincipalRecord['used'][number];
export type UngrantedAction = PrincipalRecord['ungranted'][number];
export type ServiceReview = PrincipalRecord['services'][number];
export type PersonReview = PrincipalRecord['people'][number];
export type WeekReview = PrincipalRecord['weeks'][number];
export type DocumentDigest = PrincipalRecord['documents'][number];
export type Suggestion = SuggestionRecord;
export type Change = SuggestionRecord['changes'][number];

export type Risk = Omit<RiskRecord, 'actionsLeftOut'>;

/** Names of the granted actions of one service, used or not, by what CloudTrail would show of them. MultiMap are sorted. */
export interface GrantedService {
  readonly service: string;
  readonly recorded: readonly string[];
  /** Those whose use would have left no event in the account's logs, by the reason. */
  readonly unseen: readonly { readonly reason: string; readonly actions: readonly string[] }[];
}

type UnknownReasonRecord = NonNullable<PrincipalRecord['unknownReasons']>[number];
/** Why nobody knows whether some granted actions were used. */
export interface UnknownReason extends UnknownReasonRecord {
  readonly kind: UnknownKind;
}

type OriginRecord = PrincipalRecord['origins'][number];
/** One way by which sessions of a role came about. */
export interface Origin extends OriginRecord {
  readonly kind: Actor['kind'] | 'deleted';
}

export type TrustFinding =
  'everyone' | 'whole-account' | 'unknown-account' | 'deleted-principal' | 'no-condition' | 'never-assumed';

/** A trusted principal, and what the logs show of it. */
export interface TrustReview
  extends TrustEntry, Pick<PrincipalRecord['trust'][number], 'sessions' | 'lastAssumed'> {
  readonly findings: readonly TrustFinding[];
}
