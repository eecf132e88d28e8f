import type { Exemption } from '../config/types.js';
import type { IamWarning, MissingPolicy } from '../iam/faults.js';
import type { PolicyDocument } from '../iam/types.js';
import type { AssumptionRecord } from '../model/assumption.js';
import type { PrincipalRecord } from '../model/principal.js';
import type { AccountRecord, ReportRecord } from '../model/report.js';
import type { Period } from '../period.js';
import type { TrailNotes } from '../trail/types.js';
import type { PrincipalChange } from './since-last-review/types.js';
import type { Doubt, ReviewWarning } from './reasons.js';
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

// Reviews are data in memory; records are lines and objects in JSON files, see src/model/record.ts.

export type * from './principal-parts.js';

/** A configured exemption, and the number of exempted principals. */
export interface ExemptionReview extends Exemption {
  readonly expired: boolean;
  readonly principals: number;
}

/** One user or role. Its record, a line of principals.ndjson, has the same fields except those named here. */
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
  /** Only with an earlier review. */
  readonly sinceLast?: PrincipalChange;
  /** Today's identity-based policies, group policies as `group/policy`: what a suggestion replaces. */
  policies(): readonly { readonly name: string; readonly document: PolicyDocument }[];
  /** By service; the same object for principals with the same grants, which share pages. */
  granted(): ReadonlyMap<string, GrantedService>;
  /** Names of policies that grant an action, used or not, for privileges.csv. */
  grantedBy(action: string): readonly string[];
}

export type AssumptionReview = AssumptionRecord;

/** A principal seen only in the logs: root, deleted or federated principal, AWS service, other account. */
export interface TrailOnlyPrincipal extends TrailOnlyRecord {
  readonly kind: Origin['kind'];
}
type TrailOnlyRecord = AccountRecord['trailOnly'][number];

export interface AccountReview extends Omit<AccountRecord, 'warnings' | 'doubt'> {
  /** Problems in its IAM files. */
  readonly iamWarnings: readonly IamWarning[];
  readonly warnings: readonly ReviewWarning[];
  /** What its logs could have shown. */
  readonly recording: AccountRecording;
  /** Why its logs are doubtful; null if they are not. */
  readonly doubt: Doubt | null;
  readonly trailOnly: readonly TrailOnlyPrincipal[];
}

/** A principal in a table: small enough to hold all of them in memory. */
export interface PrincipalSummary extends PrincipalName {
  readonly lastActivity: string | null;
  readonly state: State;
  readonly tags: readonly string[];
  /** One per tag, in the order of the review; `unused`: at least one risk of this tag is unused. */
  readonly risks: readonly { readonly tag: RiskTag; readonly unused: boolean }[];
  /** Number of trusted principals with the finding; absent for none. */
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
  /** The last review, for comparison. */
  readonly previous?: { readonly id: string; readonly period: Period };
}

/** Known after all principals have been reviewed. */
export interface ReviewTotals {
  readonly accounts: readonly AccountReview[];
  /** All principals, sorted by account ID, then ARN. */
  readonly summaries: readonly PrincipalSummary[];
  readonly mapping: ReportRecord['mapping'];
  readonly notes: TrailNotes;
  /** IDs of accounts without events in the logs. */
  readonly emptyAccounts: readonly string[];
  readonly exemptions: readonly ExemptionReview[];
  /** In addition to warnings of accounts and of the logs. */
  readonly warnings: readonly ReviewWarning[];
}

/**
 * Role assumptions sorted by sourceArn, then roleArn; `in`: others assumed this role, `out`: this principal
 * assumed.
 */
export interface PrincipalAssumptions {
  readonly out: readonly AssumptionReview[];
  readonly in: readonly AssumptionReview[];
}
