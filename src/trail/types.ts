import type { RequestPlan } from '../base/requests/plan.js';
import type { Period } from '../period.js';

/** succeeded: no errorCode. denied: an authorization error. failed: any other errorCode, permission unproven. */
export type Outcome = 'succeeded' | 'denied' | 'failed';

/** Who made a call, from `userIdentity` (CloudTrail userIdentity element). */
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
  /** User or role ARN with path; for others the best name there is (service host name, account id, principal id). */
  readonly arn: string;
  /** Unique id (AIDA…, AROA…) or null when the record has none. */
  readonly id: string | null;
  /** The actor's own account, or null. */
  readonly accountId: string | null;
}

/** The fields of a record that identify its actor, null where absent: what every engine groups by. */
export interface RawActor {
  readonly type: string | null;
  /** userIdentity.arn; engines may leave it null where issuerArn is set (it then holds a session name). */
  readonly arn: string | null;
  /** userIdentity.principalId; may be null where issuerArn is set. */
  readonly principalId: string | null;
  readonly accountId: string | null;
  readonly issuerArn: string | null;
  readonly issuerId: string | null;
  readonly invokedBy: string | null;
}

/** Calls of one actor, grouped. Sorted and merged: one row per distinct key. */
export interface ActivityRow {
  readonly actor: Actor;
  /** Account whose trail recorded it: recipientAccountId, else the actor's account, else `unknown`. */
  readonly recipientAccountId: string;
  readonly eventSource: string;
  readonly eventName: string;
  /** False for events of services and sign-ins, which need no IAM permission. */
  readonly apiCall: boolean;
  /**
   * Known only from network activity events: somebody made the call, but the trail need not record such calls of others. Absent
   * where management or data events hold the calls.
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
  /** The Monday with which the week begins in UTC, YYYY-MM-DD. */
  readonly week: string;
  readonly outcome: Outcome;
  readonly count: number;
}

/** A successful AssumeRole* record. Engines hand these to `SessionJoin`, with access keys or numbers in their place. */
export interface SessionStart<Key extends string | number = string> {
  /** responseElements.credentials.accessKeyId, or null when redacted or absent. */
  readonly sessionKey: Key | null;
  /** userIdentity.accessKeyId of the caller: the parent session in a chain. */
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
  /** Where the chain of sessions began, with the number of sessions; the source itself when it is no session. */
  readonly origins: readonly { readonly arn: string; readonly sessions: number }[];
  /** The same by whole path: from the first source over every role to `source`; sorted by path. */
  readonly chains: readonly Chain[];
  readonly calls: readonly SessionCall[];
}

/** One way by which sessions of a role came about (role chaining). */
export interface Chain {
  /** Sources in order; the last one is the row's source, the role itself is not in it. */
  readonly path: readonly Actor[];
  readonly sessions: number;
  readonly first: string;
  readonly last: string;
}

/**
 * Calls made in a role's sessions, grouped by who stands behind them: the session's name, and the source identity where
 * one was set (IAM User Guide: Monitor and control actions taken with assumed roles).
 */
export interface PersonRow extends SessionCall {
  /** The role. */
  readonly actor: Actor;
  readonly recipientAccountId: string;
  readonly sessionName: string;
  readonly sourceIdentity: string | null;
}

/** More distinct resources than this for one actor and event are not listed. */
export const MAX_RESOURCES = 20;

/** On which resources one actor's successful calls of one kind were made. */
export interface ResourceRow {
  readonly actor: Actor;
  readonly recipientAccountId: string;
  readonly eventSource: string;
  readonly eventName: string;
  /** ARNs, sorted, at most MAX_RESOURCES; made from request parameters they have `*` for the region. None unless `complete`. */
  readonly resources: readonly string[];
  /** False when there are more than MAX_RESOURCES, or when some of the calls name no resource: some are worth nothing then. */
  readonly complete: boolean;
}

/** More distinct roles than this in the requests of one row are not listed. */
export const MAX_PASSED_ROLES = 100;

/** Calls that passed one role, or instance profile. */
export interface PassedRole {
  /** An ARN, or `role/NAME` and `instance-profile/NAME` where the request names it without account and path. */
  readonly role: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/**
 * Calls whose requests may show more than their names do, divided by what the requests have: of each activity row of such a call, all
 * rows together have its count.
 */
export interface RequestRow extends ActivityRow {
  /** `missing`: null, empty, redacted as a whole, cut by CloudTrail, or not held by this source. */
  readonly parameters: 'whole' | 'missing';
  /** Ids of the paths that are there and not empty, sorted; none of requests that are missing. */
  readonly found: readonly string[];
  /**
   * Sorted, the first MAX_PASSED_ROLES. A call with several roles counts for each. None unless the plan asks for roles: calls with and
   * without roles are different rows.
   */
  readonly roles: readonly PassedRole[];
  /** False when there are more than MAX_PASSED_ROLES. */
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

export interface AccountCoverage {
  readonly accountId: string;
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
  /** UTC days (YYYY-MM-DD) of the period without any event, sorted. */
  readonly emptyDays: readonly string[];
  /** Event sources with at least one data event (eventCategory Data or managementEvent false), sorted. */
  readonly dataEventSources: readonly string[];
  /** Absent without digest files. */
  readonly digests?: DigestCoverage;
}

/** A query as it was sent, with all its pages. */
export interface QueryRecord {
  /** What it was for: coverage, activity, sessions, … */
  readonly kind: string;
  /** Index or pattern. */
  readonly index: string;
  /** ISO 8601 UTC, milliseconds. */
  readonly startedAt: string;
  readonly status: 'answered' | 'failed';
  /** Why it failed. */
  readonly reason?: string;
  readonly pages: number;
  readonly retries: number;
  /** As Elasticsearch counts it, all pages together. */
  readonly tookMilliseconds: number;
  readonly shards: number;
  /** That match. */
  readonly documents: number;
  /** Documents of the answer. */
  readonly hits: number;
  /** Buckets of its outermost aggregations. */
  readonly buckets: number;
  /** Body of the first page's search, long lists of values and ids of access keys shortened. It holds no credentials. */
  readonly body: unknown;
}

/** A log file that the files engine read, or tried to. Those passed over by their names are counted only. */
export interface LogFile {
  /** Relative to the folder of logs, with `/`. */
  readonly name: string;
  /** Of its bytes on the disk; null where they could not be read. */
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** Entries in it, events or not. */
  readonly records: number;
  /** Time of the newest event that was taken from it; null when there was none. */
  readonly newest: string | null;
  readonly status: 'read' | 'damaged' | 'failed';
}

/** A server's index, as far as it is of the period. */
export interface IndexEvidence {
  readonly name: string;
  /** null where the user's privileges do not show it. */
  readonly uuid: string | null;
  /** Of the period, before duplicates and other accounts' are taken out. */
  readonly documents: number;
  readonly first: string | null;
  readonly last: string | null;
  /** UTC days of the period between `first` and `last` without any document, sorted. */
  readonly gaps: readonly string[];
}

export interface ServerEvidence {
  /** Each null where the user's privileges do not show it. */
  readonly cluster: { readonly name: string; readonly uuid: string; readonly version: string } | null;
  /** The index or pattern that was asked. */
  readonly pattern: string;
  /** Those with documents of the period, sorted by name; null when they could not be read. */
  readonly indices: readonly IndexEvidence[] | null;
}

/** Which engine answered. */
export interface EngineName {
  /** As in JSON: `files`. */
  readonly kind: string;
  /** For people. */
  readonly label: string;
}

/** What was not read or not trusted; ends up in the report. */
export interface TrailNotes {
  readonly engine: EngineName;
  /** Another attempt may read what could not be read now. */
  readonly retryable: boolean;
  /** Plain sentences for people: corrupt files by name, indices, redactions. Sorted. */
  readonly warnings: readonly string[];
  /** Numbers by name: filesRead, recordsOutsidePeriod, duplicateRecords, …; evidence, not compared between engines. */
  readonly counts: Readonly<Record<string, number>>;
  /** Accounts whose answers are not whole (null: any of them), with the reason. Their principals are `incomplete`. */
  readonly incomplete: readonly { readonly accountId: string | null; readonly reason: string }[];
  /** Evidence of engines that ask a server. */
  readonly queries?: Iterable<QueryRecord>;
  /** What the answers took: not the same in two runs over the same logs. */
  readonly effort?: Readonly<Record<string, number>>;
  /** Of the files engine, sorted by name: there may be millions. */
  readonly logFiles?: Iterable<LogFile> | AsyncIterable<LogFile>;
  /** Of engines that ask a server. */
  readonly server?: ServerEvidence;
}

/** The questions. The same events give the same answers from every engine. */
export interface TrailSource {
  coverage(): Promise<readonly AccountCoverage[]>;
  activity(): AsyncIterable<ActivityRow>;
  assumptions(): AsyncIterable<AssumptionRow>;
  /** Sorted by actor, session name, source identity, then as activity. */
  people(): AsyncIterable<PersonRow>;
  /** Sorted by actor, account, event source, event name. */
  resources(): AsyncIterable<ResourceRow>;
  /** Calls for which `TrailRequest.requests` has a plan. Sorted as activity, then by `compareRequests`. */
  requests(): AsyncIterable<RequestRow>;
  /** Sorted by actor, account, week, outcome. */
  weeks(): AsyncIterable<WeekRow>;
  /** Complete only after all questions have been answered. */
  notes(): TrailNotes;
  close(): Promise<void>;
}

export interface TrailRequest {
  readonly period: Period;
  /** Ids of the accounts in scope: events with another recipientAccountId are skipped and counted. */
  readonly accountIds: readonly string[];
  readonly concurrency: number;
  /** What `requests` looks for; without it there are no such rows. */
  readonly requests?: RequestPlan;
  readonly onProgress?: (message: string) => void;
  /** Milliseconds since 1970: what a server has not answered by then is incomplete. As configured when absent. */
  readonly deadline?: number;
}
