import type { TrustEntry } from '../iam/types.js';
import type { PrincipalRecord } from '../model/principal.js';
import type { RiskRecord } from '../model/risk.js';
import type { SuggestionRecord } from '../model/suggestion.js';
import type { Actor } from '../trail/types.js';
import type { DecisionReason, UngrantedReason, UnknownReason, UnseenReason } from './reasons.js';

/** Parts of `PrincipalReview`: what logs and policies show of a principal. */

export type { Decision, SeenCalls, State, UsedAction } from '../model/parts.js';
export type { RiskTag } from '../model/risk-table.js';

export type PrincipalName = Pick<
  PrincipalRecord,
  'arn' | 'id' | 'type' | 'name' | 'accountId' | 'accountName'
>;

export type UsedGrantedAction = PrincipalRecord['used'][number];
export interface UngrantedAction extends Omit<PrincipalRecord['ungranted'][number], 'why'> {
  readonly why: UngrantedReason;
}
export type ServiceReview = PrincipalRecord['services'][number];
export type PersonReview = PrincipalRecord['people'][number];
export type PassedRoleReview = PrincipalRecord['passedRoles'][number];
export type WeekReview = PrincipalRecord['weeks'][number];
export type DocumentDigest = PrincipalRecord['documents'][number];

/** A possible change; `actionsRemoved`: granted actions that it removes by itself. */
export type Change = { readonly actionsRemoved: number } & (
  | { readonly kind: 'remove-user' | 'remove-role'; readonly target: null }
  /** `kept`: granted actions that stay. */
  | { readonly kind: 'replace-policies'; readonly target: null; readonly kept: number }
  | { readonly kind: 'change-permission-set'; readonly target: string; readonly kept: number }
  /** `allowed`: granted actions that the policy, or the policies of the group, allow. */
  | {
      readonly kind: 'detach-policy';
      readonly target: string;
      readonly name: string;
      readonly inline: boolean;
      readonly allowed: number;
    }
  | { readonly kind: 'leave-group'; readonly target: string; readonly allowed: number }
  /** `statement`: position in the trust policy, if several have the same target. */
  | {
      readonly kind: 'remove-trust';
      readonly target: string;
      readonly finding: 'deleted-principal' | 'never-assumed';
      readonly statement: number | null;
    }
);

export interface Suggestion extends Omit<SuggestionRecord, 'reason' | 'changes'> {
  readonly reason: DecisionReason;
  readonly changes: readonly Change[];
}

export type Risk = Omit<RiskRecord, 'actionsLeftOut'>;

/** Names of the granted actions of one service, by what CloudTrail would show of them. Lists are sorted. */
export interface GrantedService {
  readonly service: string;
  readonly recorded: readonly string[];
  /** Actions whose use would leave no event in the logs of the account, by reason. */
  readonly unseen: readonly { readonly reason: UnseenReason; readonly actions: readonly string[] }[];
}

/** Unknown actions with the same reason. */
export interface UnknownActions {
  readonly reason: UnknownReason;
  readonly actions: readonly string[];
}

type OriginRecord = PrincipalRecord['origins'][number];
/** One path by which role sessions started. */
export interface Origin extends OriginRecord {
  readonly kind: Actor['kind'] | 'deleted';
}

export type TrustFinding =
  'everyone' | 'whole-account' | 'unknown-account' | 'deleted-principal' | 'no-condition' | 'never-assumed';

/** A trusted principal, and its sessions in the logs. */
export interface TrustReview
  extends TrustEntry, Pick<PrincipalRecord['trust'][number], 'sessions' | 'lastAssumed'> {
  readonly findings: readonly TrustFinding[];
}
