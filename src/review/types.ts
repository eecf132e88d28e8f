import type { Period } from '../period.js';
import type { Allowed, PrincipalType, SuggestedPolicy } from '../iam/types.js';
import type { AccountCoverage, Actor, TrailNotes } from '../trail/types.js';

export type State = 'active' | 'inactive' | 'incomplete';
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
export interface Suggestion {
  readonly decision: Decision;
  readonly reason: string;
  readonly strict: readonly SuggestedPolicy[];
  readonly cautious: readonly SuggestedPolicy[];
}

/** One user or role, as in principals.ndjson (design: output contract) plus what pages need. Lists are sorted. */
export interface PrincipalReview {
  readonly arn: string;
  readonly id: string;
  readonly type: PrincipalType;
  readonly name: string;
  readonly path: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly createdAt: string | null;
  readonly lastActivity: string | null;
  readonly state: State;
  /** service-linked, admin, boundary, exempted, … */
  readonly tags: readonly string[];
  readonly groups: readonly string[];
  /** Names of attached policies, `group/policy` through a group. */
  readonly policiesAttached: readonly string[];
  readonly policiesInline: readonly string[];
  readonly boundary: string | null;
  readonly missingPolicies: readonly string[];
  readonly counts: {
    readonly granted: number;
    readonly used: number;
    readonly unused: number;
    readonly unknown: number;
    readonly ungranted: number;
    readonly denied: number;
    readonly failed: number;
    readonly servicesGranted: number;
    readonly servicesUsed: number;
  };
  readonly services: readonly ServiceReview[];
  readonly used: readonly UsedGrantedAction[];
  readonly ungranted: readonly UsedAction[];
  readonly unused: readonly string[];
  readonly unknown: readonly string[];
  readonly denied: readonly { readonly action: string; readonly count: number }[];
  readonly failed: readonly {
    readonly action: string;
    readonly count: number;
    readonly errorCodes: readonly string[];
  }[];
  readonly unmappedEvents: readonly {
    readonly eventSource: string;
    readonly eventName: string;
    readonly count: number;
  }[];
  /** Policy names that grant an action (unused ones too), for privileges.csv. */
  grantedBy(action: string): readonly string[];
  readonly suggestion: Suggestion;
  readonly exemption: { readonly id: string; readonly reason: string; readonly expired: boolean } | null;
}

export interface AssumptionReview {
  readonly sourceArn: string;
  readonly sourceType: PrincipalType;
  readonly sourceName: string;
  readonly sourceAccountId: string;
  readonly roleArn: string;
  readonly roleName: string;
  readonly roleAccountId: string;
  readonly allowed: Allowed;
  readonly assumed: boolean;
  readonly sessions: number;
  readonly firstAssumed: string | null;
  readonly lastAssumed: string | null;
  readonly origins: readonly { readonly arn: string; readonly sessions: number }[];
  readonly actions: readonly UsedAction[];
}

/** Someone seen only in the trail: root, deleted, federated, services, other accounts. */
export interface TrailOnlyPrincipal {
  readonly kind: Actor['kind'] | 'deleted';
  readonly arn: string;
  readonly id: string | null;
  readonly accountId: string;
  readonly events: number;
  readonly succeeded: number;
  readonly denied: number;
  readonly failed: number;
  readonly first: string;
  readonly last: string;
}

export interface AccountReview {
  readonly id: string;
  readonly name: string;
  readonly coverage: AccountCoverage;
  readonly counts: {
    readonly principals: number;
    readonly users: number;
    readonly roles: number;
    readonly active: number;
    readonly inactive: number;
    readonly incomplete: number;
    readonly granted: number;
    readonly used: number;
    readonly unused: number;
    readonly unknown: number;
    readonly ungranted: number;
  };
  readonly decisions: Readonly<Record<Decision, number>>;
  readonly trailOnly: readonly TrailOnlyPrincipal[];
  readonly warnings: readonly string[];
}

/** A principal in a table: small enough to hold all of them in memory. */
export interface PrincipalSummary {
  readonly arn: string;
  readonly id: string;
  readonly type: PrincipalType;
  readonly name: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly lastActivity: string | null;
  readonly state: State;
  readonly tags: readonly string[];
  readonly counts: PrincipalReview['counts'];
  readonly decision: Decision;
  readonly reason: string;
}

/** Known before the first principal is reviewed. */
export interface ReviewHead {
  /** For example `2026-Q3`, or `2026-04-01_2026-06-30`. */
  readonly id: string;
  readonly period: Period;
  readonly toolVersion: string;
  readonly catalogUpdatedAt: string;
  readonly catalogActions: number;
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
}

/** Known when all principals have been reviewed. */
export interface ReviewTotals {
  readonly accounts: readonly AccountReview[];
  /** All principals, sorted by account id then ARN. */
  readonly summaries: readonly PrincipalSummary[];
  readonly mapping: {
    readonly events: number;
    readonly mappedEvents: number;
    readonly noPermissionEvents: number;
    readonly unmapped: readonly {
      readonly eventSource: string;
      readonly eventName: string;
      readonly count: number;
    }[];
  };
  readonly notes: TrailNotes;
  readonly warnings: readonly string[];
}

/** assumptions sorted by sourceArn then roleArn; `in`: others assumed this role, `out`: this principal assumed. */
export interface PrincipalAssumptions {
  readonly out: readonly AssumptionReview[];
  readonly in: readonly AssumptionReview[];
}
