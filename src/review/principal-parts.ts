import type { PrincipalType, StatementRef, SuggestedPolicy, TrustEntry } from '../iam/types.js';
import type { Actor } from '../trail/types.js';
import type { UnknownKind } from './recording/unseen.js';

/** What the trail and the policies show of a principal, bit by bit: `PrincipalReview` puts it together. */

export type State = 'active' | 'inactive' | 'incomplete';

export interface PrincipalName {
  readonly arn: string;
  readonly id: string;
  readonly type: PrincipalType;
  readonly name: string;
  readonly accountId: string;
  readonly accountName: string;
}

export type Decision = 'keep' | 'reduce' | 'remove' | 'investigate';

export interface UsedAction {
  readonly action: string;
  readonly count: number;
  readonly firstUsed: string;
  readonly lastUsed: string;
}
/** conditional: only under a Condition; resourceLimited: only on some resources. */
export interface UsedGrantedAction extends UsedAction {
  readonly conditional: boolean;
  readonly resourceLimited: boolean;
  readonly grantedBy: readonly string[];
  /** The statements that allow it, and those that deny it under a condition or on some resources. */
  readonly allowedBy: readonly StatementRef[];
  readonly deniedBy: readonly StatementRef[];
}
export interface ServiceReview {
  readonly service: string;
  readonly granted: number;
  readonly used: number;
  readonly unused: number;
  readonly unknown: number;
  readonly ungranted: number;
  readonly lastUsed: string | null;
  readonly grantedBy: readonly string[];
}
/** One thing that a person can do, and what it takes away. */
export interface Change {
  readonly kind:
    | 'remove-user'
    | 'remove-role'
    | 'replace-policies'
    | 'change-permission-set'
    | 'detach-policy'
    | 'leave-group'
    | 'remove-trust';
  /** Policy name or ARN, permission set, group name, trusted principal; null where it is the principal itself. */
  readonly target: string | null;
  /** A plain sentence for people who never saw AWS. */
  readonly sentence: string;
  /** Granted actions that the change alone would take away. */
  readonly actionsRemoved: number;
}

/** Ways in which granted actions can hurt; the privilege escalation methods each have a name. */
export type RiskTag =
  | 'privilege-escalation'
  | 'credential-exposure'
  | 'data-exfiltration'
  | 'resource-exposure'
  | 'infrastructure-modification';

export interface Risk {
  readonly tag: RiskTag;
  /** Name of the method, for privilege escalation; null for the others. */
  readonly method: string | null;
  /** Granted actions that make it possible, sorted; unused ones first. */
  readonly actions: readonly { readonly action: string; readonly status: 'used' | 'unused' | 'unknown' }[];
  /** It can be taken away unnoticed: a method when one of its actions is unused, another tag when all of them are. */
  readonly unused: boolean;
  /** Every way to it passes through a Condition, or is open on some resources only. */
  readonly limited: boolean;
}

/** What somebody called: all events, and by outcome. */
export interface SeenCalls {
  readonly events: number;
  readonly succeeded: number;
  readonly denied: number;
  readonly failed: number;
  readonly first: string;
  readonly last: string;
  readonly actions: readonly UsedAction[];
}

/** Who stands behind a role's sessions. */
export interface PersonReview extends SeenCalls {
  readonly sessionName: string;
  readonly sourceIdentity: string | null;
}

/** Names of the granted actions of one service, used or not, by what CloudTrail would show of them. Lists are sorted. */
export interface GrantedService {
  readonly service: string;
  readonly recorded: readonly string[];
  /** Those whose use would have left no event in the account's logs, by the reason. */
  readonly unseen: readonly { readonly reason: string; readonly actions: readonly string[] }[];
}

/** Why nobody knows whether some granted actions were used. */
export interface UnknownReason {
  readonly kind: UnknownKind;
  /** A plain sentence. */
  readonly reason: string;
  /** Sorted. */
  readonly actions: readonly string[];
}

/** Calls in one week (UTC, from Monday 00:00), by outcome. */
export interface WeekReview {
  /** The Monday, YYYY-MM-DD. */
  readonly week: string;
  readonly succeeded: number;
  readonly denied: number;
  readonly failed: number;
}

/** One way by which sessions of a role came about, from its first source (a person, a service, a provider) to the role. */
export interface Origin {
  readonly kind: Actor['kind'] | 'deleted';
  /** ARNs or names: first source, roles between, not the role itself. */
  readonly path: readonly string[];
  readonly sessions: number;
  readonly first: string;
  readonly last: string;
}

export type TrustFinding =
  'everyone' | 'whole-account' | 'unknown-account' | 'deleted-principal' | 'no-condition' | 'never-assumed';

/** A trusted principal, and what the trail shows of it. */
export interface TrustReview extends TrustEntry {
  /** Sessions in the period that this entry may have let in. */
  readonly sessions: number;
  readonly lastAssumed: string | null;
  readonly findings: readonly TrustFinding[];
}

export interface Suggestion {
  readonly decision: Decision;
  readonly reason: string;
  readonly strict: readonly SuggestedPolicy[];
  readonly cautious: readonly SuggestedPolicy[];
  /** `strict` on the resources that the trail shows; an option, marked as observed. */
  readonly observed: readonly SuggestedPolicy[];
  /** Granted actions that the cautious documents would take away. */
  readonly actionsRemoved: number;
  readonly changes: readonly Change[];
}

/** Tells two versions of a policy apart, whatever it is named. */
export interface DocumentDigest {
  /** Name as in `policiesAttached` and `policiesInline`; the boundary's own name. */
  readonly policy: string;
  /** null for an inline policy. */
  readonly arn: string | null;
  readonly boundary: boolean;
  /** 32 hexadecimal digits over the document, its whitespace and element order left aside; '' where it could not be read. */
  readonly digest: string;
}
