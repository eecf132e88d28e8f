import type { Exemption } from '../config/types.js';
import type { IamWarning, MissingPolicy } from '../iam/faults.js';
import type { PolicyDocument } from '../iam/types.js';
import type { AssumptionRecord } from '../model/assumption.js';
import type { PrincipalRecord } from '../model/principal.js';
import type { AccountRecord, ReportRecord } from '../model/report.js';
import type { Period } from '../period.js';
import type { TrailNotes } from '../trail/types.js';
import type { PrincipalChange } from './since-last-review/types.js';
import type { ReviewWarning } from './reasons.js';
import type { AccountRecording } from './recording/account.js';
import type {
  Decision,
  GrantedService,
  Origin,
  PrincipalName,
  Risk,
  RiskTag,
  State,
  Suggestion,
  TrustFinding,
  TrustReview,
  UngrantedAction,
  UnknownActions,
} from './principal-parts.js';

// Reviews are what a run knows while it works; records are what JSON files hold: see src/model/record.ts.

export type * from './principal-parts.js';

/** An exemption of the configuration, and how many principals it marks. */
export interface ExemptionReview extends Exemption {
  readonly expired: boolean;
  readonly principals: number;
}

/** One user or role. Its record, a line of principals.ndjson, has the same fields unless they are named here. */
export interface PrincipalReview extends Omit<
  PrincipalRecord,
  'missingPolicies' | 'risks' | 'sinceLast' | 'suggestion' | 'ungranted' | 'unknownReasons'
> {
  readonly missingPolicies: readonly MissingPolicy[];
  readonly suggestion: Suggestion;
  readonly ungranted: readonly UngrantedAction[];
  readonly unused: readonly string[];
  readonly unknown: readonly string[];
  /** Each action of `unknown` once, with the first reason that applies. */
  readonly unknownReasons: readonly UnknownActions[];
  readonly risks: readonly Risk[];
  readonly origins: readonly Origin[];
  readonly trust: readonly TrustReview[];
  /** Where the review is held against an earlier one. */
  readonly sinceLast?: PrincipalChange;
  /** Today's identity policies, with groups' as `group/policy`: what a suggestion replaces. */
  policies(): readonly { readonly name: string; readonly document: PolicyDocument }[];
  /** By service; the same object for principals with the same grants, which pages need to write only once. */
  granted(): ReadonlyMap<string, GrantedService>;
  /** Policy names that grant an action (unused ones too), for privileges.csv. */
  grantedBy(action: string): readonly string[];
}

export type AssumptionReview = AssumptionRecord;

/** Someone seen only in the trail: root, deleted, federated, services, other accounts. */
export interface TrailOnlyPrincipal extends TrailOnlyRecord {
  readonly kind: Origin['kind'];
}
type TrailOnlyRecord = AccountRecord['trailOnly'][number];

export interface AccountReview extends Omit<AccountRecord, 'warnings'> {
  /** What is wrong in its IAM files. */
  readonly iamWarnings: readonly IamWarning[];
  readonly warnings: readonly ReviewWarning[];
  /** What its logs could have shown. */
  readonly recording: AccountRecording;
  readonly trailOnly: readonly TrailOnlyPrincipal[];
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
  readonly mapping: ReportRecord['mapping'];
  readonly notes: TrailNotes;
  /** Ids of the accounts of which the logs hold no event. */
  readonly emptyAccounts: readonly string[];
  readonly exemptions: readonly ExemptionReview[];
  /** Besides those of accounts and of the logs. */
  readonly warnings: readonly ReviewWarning[];
}

/** assumptions sorted by sourceArn then roleArn; `in`: others assumed this role, `out`: this principal assumed. */
export interface PrincipalAssumptions {
  readonly out: readonly AssumptionReview[];
  readonly in: readonly AssumptionReview[];
}
