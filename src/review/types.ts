import type { Exemption } from '../config/types.js';
import type { Credentials } from '../iam/credentials.js';
import type { Period } from '../period.js';
import type { Allowed, PolicyDocument, PrincipalType } from '../iam/types.js';
import type { AccountCoverage, Actor, TrailNotes } from '../trail/types.js';
import type { SinceLast } from './loop/types.js';
import type { AccountRecording } from './recording/account.js';
import type { LogDays } from './recording/days.js';
import type {
  Decision,
  DocumentDigest,
  GrantedService,
  Origin,
  PersonReview,
  PrincipalName,
  Risk,
  RiskTag,
  SeenCalls,
  ServiceReview,
  State,
  Suggestion,
  TrustFinding,
  TrustReview,
  UnknownReason,
  UsedAction,
  UsedGrantedAction,
  WeekReview,
} from './principal-parts.js';

export type * from './principal-parts.js';

/** An exemption of the configuration, and how many principals it marks. */
export interface ExemptionReview extends Exemption {
  readonly expired: boolean;
  readonly principals: number;
}

/** One user or role, as in principals.ndjson (design: output contract) plus what pages need. Lists are sorted. */
export interface PrincipalReview extends PrincipalName {
  readonly path: string;
  readonly createdAt: string | null;
  /** The last successful call. */
  readonly lastActivity: string | null;
  /** The last call, whatever came of it. */
  readonly lastAttempt: string | null;
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
  /** `why`: a plain sentence, for example that a boundary does not allow it. */
  readonly ungranted: readonly (UsedAction & { readonly why: string })[];
  readonly unused: readonly string[];
  readonly unknown: readonly string[];
  /** Each action of `unknown` once, with the first reason that applies. */
  readonly unknownReasons: readonly UnknownReason[];
  /** Actions that identity policies allow and that are taken away again. */
  readonly removed: {
    readonly denied: number;
    readonly outsideScp: number;
    readonly outsideBoundary: number;
  };
  /** Most dangerous first, then unused ones first. */
  readonly risks: readonly Risk[];
  /** The next three are empty for users. Last active first. */
  readonly people: readonly PersonReview[];
  /** Most sessions first. */
  readonly origins: readonly Origin[];
  readonly trust: readonly TrustReview[];
  /** Weeks with calls, in order. */
  readonly weeks: readonly WeekReview[];
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
  /** Today's identity policies, with groups' as `group/policy`: what a suggestion replaces. */
  policies(): readonly { readonly name: string; readonly document: PolicyDocument }[];
  /** By service; the same object for principals with the same grants, which pages need to write only once. */
  granted(): ReadonlyMap<string, GrantedService>;
  /** Policy names that grant an action (unused ones too), for privileges.csv. */
  grantedBy(action: string): readonly string[];
  readonly suggestion: Suggestion;
  readonly exemption: (Exemption & { readonly expired: boolean }) | null;
  /** Who answers for it, and what says so: `tag:Owner`, `exemption:EX-1`, `account`. */
  readonly owner: { readonly name: string; readonly source: string } | null;
  readonly human: 'yes' | 'no' | 'unknown';
  /** Of users, from the credential report; null without one. */
  readonly credentials: Credentials | null;
  /** Last use that AWS itself knows of, before the end of the period: a role's RoleLastUsed, a user's credential report. */
  readonly awsLastUsed: { readonly at: string; readonly source: 'iam' | 'credential-report' } | null;
  /** Of all policies, the boundary's last. */
  readonly documents: readonly DocumentDigest[];
  /** Where the review is held against an earlier one. */
  readonly sinceLast?: SinceLast;
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
  /** False where it was not seen, and the logs could not have shown it. */
  readonly known: boolean;
  readonly sessions: number;
  readonly firstAssumed: string | null;
  readonly lastAssumed: string | null;
  readonly origins: readonly { readonly arn: string; readonly sessions: number }[];
  readonly actions: readonly UsedAction[];
}

/** Someone seen only in the trail: root, deleted, federated, services, other accounts. */
export interface TrailOnlyPrincipal extends SeenCalls {
  readonly kind: Actor['kind'] | 'deleted';
  readonly arn: string;
  readonly id: string | null;
  readonly accountId: string;
}

export interface AccountReview {
  readonly id: string;
  readonly name: string;
  /** Entries in the account's IAM file: `counts.principals` has to be the same. */
  readonly listed: number;
  readonly coverage: AccountCoverage;
  /** What its logs could have shown. */
  readonly recording: AccountRecording;
  readonly days: LogDays;
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
export interface PrincipalSummary extends PrincipalName {
  readonly lastActivity: string | null;
  readonly state: State;
  readonly tags: readonly string[];
  /** One per tag, in the order of the review; `unused`: at least one way of it can be taken away unnoticed. */
  readonly risks: readonly { readonly tag: RiskTag; readonly unused: boolean }[];
  /** How many trusted principals have the finding; absent where none has. */
  readonly trustFindings: Readonly<Partial<Record<TrustFinding, number>>>;
  readonly counts: PrincipalReview['counts'];
  readonly decision: Decision;
  readonly reason: string;
  readonly exemption: PrincipalReview['exemption'];
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
  /** The earlier review that this one is held against. */
  readonly previous?: { readonly id: string; readonly period: Period };
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
  readonly exemptions: readonly ExemptionReview[];
  readonly warnings: readonly string[];
}

/** assumptions sorted by sourceArn then roleArn; `in`: others assumed this role, `out`: this principal assumed. */
export interface PrincipalAssumptions {
  readonly out: readonly AssumptionReview[];
  readonly in: readonly AssumptionReview[];
}
