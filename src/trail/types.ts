import type { RequestPlan } from '../base/requests/plan.js';
import type { Period } from '../period.js';

/** succeeded: no errorCode. denied: authorization error. failed: any other errorCode, permission unknown. */
export type Outcome = 'succeeded' | 'denied' | 'failed';

/** The caller, from `userIdentity` (CloudTrail userIdentity element). */
export interface Actor {
  readonly kind:
    | 'user'
    | 'role'
    | 'root'
    | 'federated'
    | 'saml'
    | 'web-identity'
    | 'identity-center'
    | 'service'
    | 'external'
    | 'unknown';
  /** ARN of a user or role with path; otherwise the best known name (service host, account ID, principal ID). */
  readonly arn: string;
  /** Unique ID (AIDA…, AROA…), or null. */
  readonly id: string | null;
  /** Account of the actor, or null. */
  readonly accountId: string | null;
}

/** Fields that identify the actor, null if absent: engines group by these. */
export interface RawActor {
  readonly type: string | null;
  /** userIdentity.arn; can be null if issuerArn is set (it then has a session name). */
  readonly arn: string | null;
  /** userIdentity.principalId; can be null if issuerArn is set. */
  readonly principalId: string | null;
  readonly accountId: string | null;
  readonly issuerArn: string | null;
  readonly issuerId: string | null;
  readonly invokedBy: string | null;
}

/** Calls of one actor, grouped. Sorted, one row per key. */
export interface ActivityRow {
  readonly actor: Actor;
  /** Account whose trail recorded it: recipientAccountId, or the account of the actor, or `unknown`. */
  readonly recipientAccountId: string;
  readonly eventSource: string;
  readonly eventName: string;
  /** False for events of AWS services and sign-ins, which need no IAM permission. */
  readonly apiCall: boolean;
  /**
   * Known only from network activity events: the call was made, but the trail may not record such calls of others.
   * Absent if management or data events have the calls.
   */
  readonly networkActivity?: true;
  readonly outcome: Outcome;
  readonly errorCode: string | null;
  readonly count: number;
  /** ISO 8601 UTC, seconds. */
  readonly first: string;
  readonly last: string;
}

/** Calls of one actor in one week, by outcome. */
export interface WeekRow {
  readonly actor: Actor;
  readonly recipientAccountId: string;
  /** Monday of the week in UTC, YYYY-MM-DD. */
  readonly week: string;
  readonly outcome: Outcome;
  readonly count: number;
}

/** A successful AssumeRole* record. Engines pass these to `SessionJoin`, with access keys or numbers for them. */
export interface SessionStart<Key extends string | number = string> {
  /** responseElements.credentials.accessKeyId, or null when redacted or absent. */
  readonly sessionKey: Key | null;
  /** userIdentity.accessKeyId of the caller: the parent session in a role chain. */
  readonly callerKey: Key | null;
  readonly source: Actor;
  readonly roleArn: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly sharedEventId: string | null;
  readonly eventId: string;
}

/** Calls made with one session's access key, grouped. */
export interface KeyActivity<Key extends string | number = string> {
  readonly sessionKey: Key;
  readonly eventSource: string;
  readonly eventName: string;
  readonly apiCall: boolean;
  readonly outcome: Outcome;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

export type SessionCall = Omit<KeyActivity, 'sessionKey'>;

/** All sessions that one source started in one role. Sorted by sourceArn, then roleArn. */
export interface AssumptionRow {
  readonly source: Actor;
  readonly roleArn: string;
  readonly sessions: number;
  readonly first: string;
  readonly last: string;
  /** Original callers of the chains, with the number of sessions; the source itself if it is not a session. */
  readonly origins: readonly { readonly arn: string; readonly sessions: number }[];
  /** The same by path: from the original caller over every role to `source`; sorted by path. */
  readonly chains: readonly Chain[];
  readonly calls: readonly SessionCall[];
}

/** One path by which role sessions started (role chaining). */
export interface Chain {
  /** Sources in order; the last one is the source of the row. The role itself is not included. */
  readonly path: readonly Actor[];
  readonly sessions: number;
  readonly first: string;
  readonly last: string;
}

/**
 * Calls in role sessions, by person: session name, and source identity if set (IAM User Guide: Monitor and control
 * actions taken with assumed roles).
 */
export interface PersonRow extends SessionCall {
  /** The role. */
  readonly actor: Actor;
  readonly recipientAccountId: string;
  readonly sessionName: string;
  readonly sourceIdentity: string | null;
}

/** Maximum number of resources per actor and event; more are not listed. */
export const MAX_RESOURCES = 20;

/** Resources of one actor's successful calls of one type. */
export interface ResourceRow {
  readonly actor: Actor;
  readonly recipientAccountId: string;
  readonly eventSource: string;
  readonly eventName: string;
  /**
   * Sorted ARNs, at most MAX_RESOURCES; those from request parameters have `*` for the Region. Empty unless
   * `complete`.
   */
  readonly resources: readonly string[];
  /** False if there are more than MAX_RESOURCES, or if some calls name no resource: an incomplete list is useless. */
  readonly complete: boolean;
}

/** Maximum number of roles per row; more are not listed. */
export const MAX_PASSED_ROLES = 100;

/** Calls that passed one role, or instance profile. */
export interface PassedRole {
  /** An ARN, or `role/NAME` and `instance-profile/NAME` if the request has only the name. */
  readonly role: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/**
 * Calls whose requests can show further actions, split by what the requests contain. The rows of an activity row
 * add up to its count.
 */
export interface RequestRow extends ActivityRow {
  /** `missing`: null, empty, fully redacted, omitted by CloudTrail, or not available in this source. */
  readonly parameters: 'whole' | 'missing';
  /** IDs of the paths that are present and not empty, sorted; empty for missing requests. */
  readonly found: readonly string[];
  /**
   * Sorted, at most MAX_PASSED_ROLES. A call with several roles counts for each. Empty unless the plan looks for
   * roles: calls with and without roles are different rows.
   */
  readonly roles: readonly PassedRole[];
  /** False if there are more than MAX_PASSED_ROLES. */
  readonly rolesComplete: boolean;
}

/** What the digest files of an account prove about its logs (CloudTrail User Guide: Validating CloudTrail log file integrity). */
export interface DigestCoverage {
  /** Digest files that were read. */
  readonly files: number;
  /** Of these, files whose signature is valid. */
  readonly signed: number;
  /** Regions with digest files, sorted. */
  readonly regions: readonly string[];
  /** UTC days (YYYY-MM-DD) whose log files are all there, as CloudTrail delivered them: sorted. */
  readonly provenDays: readonly string[];
}

/** Events of all types in one Region. */
export interface RegionEvents {
  readonly region: string;
  readonly events: number;
}

/** Accounts in the logs that are not in scope. */
export interface OtherAccounts {
  /** Number of accounts. */
  readonly accounts: number;
  /** Those with the most events in the period, at most MAX_OTHER_ACCOUNTS; then by ID. Copies of events count. */
  readonly most: readonly { readonly accountId: string; readonly events: number }[];
}

/** Maximum number of accounts that are named. */
export const MAX_OTHER_ACCOUNTS = 5;

export interface AccountCoverage {
  readonly accountId: string;
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
  /** UTC days (YYYY-MM-DD) without events in the period, sorted. */
  readonly emptyDays: readonly string[];
  /** Event sources with at least one data event (eventCategory Data or managementEvent false), sorted. */
  readonly dataEventSources: readonly string[];
  /** Regions of the events (awsRegion), sorted; empty where the logs do not hold them. */
  readonly regions: readonly RegionEvents[];
  /** Absent without digest files. */
  readonly digests?: DigestCoverage;
}

/** A query as sent, with all pages. */
export interface QueryRecord {
  /** Purpose: coverage, activity, sessions, … */
  readonly kind: string;
  /** Index or pattern. */
  readonly index: string;
  /** ISO 8601 UTC, milliseconds. */
  readonly startedAt: string;
  readonly status: 'answered' | 'failed';
  /** Reason of the failure. */
  readonly reason?: string;
  readonly pages: number;
  readonly retries: number;
  /** `took` of Elasticsearch, all pages. */
  readonly tookMilliseconds: number;
  readonly shards: number;
  /** Matching documents. */
  readonly documents: number;
  /** Returned documents. */
  readonly hits: number;
  /** Buckets of the outermost aggregations. */
  readonly buckets: number;
  /** Search request of the first page; long lists and access key IDs are shortened. No credentials. */
  readonly body: unknown;
}

/** A log file that the files engine read or tried to read. Files skipped by name are only counted. */
export interface LogFile {
  /** Relative to the log folder, with `/`. */
  readonly name: string;
  /** Checksum of the file on disk; null if unreadable. */
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** Number of records. */
  readonly records: number;
  /** Time of the newest event; null for none. */
  readonly newest: string | null;
  readonly status: 'read' | 'damaged' | 'failed';
}

/** An index, limited to the period. */
export interface IndexEvidence {
  readonly name: string;
  /** null without the privilege. */
  readonly uuid: string | null;
  /** Documents in the period, including duplicates and other accounts. */
  readonly documents: number;
  readonly first: string | null;
  readonly last: string | null;
  /** UTC days without documents between `first` and `last`, sorted. */
  readonly gaps: readonly string[];
}

export interface ServerEvidence {
  /** null without the privilege. */
  readonly cluster: { readonly name: string; readonly uuid: string; readonly version: string } | null;
  /** Configured index or pattern. */
  readonly pattern: string;
  /** Indices with documents in the period, sorted by name; null if unreadable. */
  readonly indices: readonly IndexEvidence[] | null;
}

/** Name of the engine. */
export interface EngineName {
  /** Name in JSON: `files`. */
  readonly kind: string;
  /** Name in texts. */
  readonly label: string;
}

/** What was not read or not trusted; part of the report. */
export interface TrailNotes {
  readonly engine: EngineName;
  /** Another attempt may read what failed now. */
  readonly retryable: boolean;
  /** Sentences: corrupt files by name, indices, redactions. Sorted. */
  readonly warnings: readonly string[];
  /** Counts by name: filesRead, recordsOutsidePeriod, duplicateRecords, …; evidence, not compared between engines. */
  readonly counts: Readonly<Record<string, number>>;
  /** Accounts with incomplete answers (null: all accounts), and the reason. Their principals are `incomplete`. */
  readonly incomplete: readonly { readonly accountId: string | null; readonly reason: string }[];
  /** Absent if every account in scope has events, or if the others could not be counted. */
  readonly otherAccounts?: OtherAccounts;
  /** Evidence of engines that send queries. */
  readonly queries?: Iterable<QueryRecord>;
  /** Statistics that differ between runs over the same logs. */
  readonly effort?: Readonly<Record<string, number>>;
  /** Evidence of engines that read files, sorted by name: there can be millions. */
  readonly logFiles?: Iterable<LogFile> | AsyncIterable<LogFile>;
  /** Engines with a server only. */
  readonly server?: ServerEvidence;
}

/** The questions. The same events give the same answers in every engine. */
export interface TrailSource {
  coverage(): Promise<readonly AccountCoverage[]>;
  activity(): AsyncIterable<ActivityRow>;
  assumptions(): AsyncIterable<AssumptionRow>;
  /** Sorted by actor, session name, source identity, then like activity. */
  people(): AsyncIterable<PersonRow>;
  /** Sorted by actor, account, event source, event name. */
  resources(): AsyncIterable<ResourceRow>;
  /** Calls in the plan of `TrailRequest.requests`. Sorted like activity, then by `compareRequests`. */
  requests(): AsyncIterable<RequestRow>;
  /** Sorted by actor, account, week, outcome. */
  weeks(): AsyncIterable<WeekRow>;
  /** Complete after all questions have been answered. */
  notes(): TrailNotes;
  close(): Promise<void>;
}

export interface TrailRequest {
  readonly period: Period;
  /** IDs of the accounts in scope: events with another recipientAccountId are skipped and counted. */
  readonly accountIds: readonly string[];
  readonly concurrency: number;
  /** What `requests` looks for; absent: no rows. */
  readonly requests?: RequestPlan;
  readonly onProgress?: (message: string) => void;
  /** Milliseconds since 1970: answers of a server after this time are incomplete. Absent: as configured. */
  readonly deadline?: number;
}
