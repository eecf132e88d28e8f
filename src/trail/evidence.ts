// What an engine read, what it did not read, and how far its answers can be trusted.

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
