import { HOUR_MS } from '../../base/time.js';
import type { ElasticsearchConfig } from '../../config/types.js';

/** Sizes and limits of queries; tests make them tiny. */
export interface Tuning {
  /** Buckets per composite page. */
  readonly pageSize: number;
  /** Documents per page of hits (index.max_result_window allows 10,000). */
  readonly hitPageSize: number;
  /** Session keys per query (index.max_terms_count allows 65,536). */
  readonly keysPerQuery: number;
  /** Sets of sessions per query, each with some dozens of buckets. */
  readonly setsPerQuery: number;
  /** Fewer sessions than this are queried by key, with a bucket for each call of each session. */
  readonly fewestKeys: number;
  /** Up to this many accounts have their own queries, so that a failure affects one of them. */
  readonly accountsApart: number;
  /** With more accounts, those with at most this many documents in total share queries. */
  readonly joinedDocuments: number;
  /** Documents per time slice of activity. */
  readonly sliceDocuments: number;
  /** Milliseconds after which the next slice of the same kind is halved. */
  readonly slowPage: number;
  /** Documents per time window in the search for duplicates: less than the size of a terms aggregation. */
  readonly duplicateWindowDocuments: number;
  /** Up to this many events, every window is searched for duplicates; above it, a sample first. */
  readonly exactDuplicatesUpTo: number;
  readonly sampleWindows: number;
  /** If the sample suggests more duplicates, counts stay as recorded. */
  readonly mostDuplicates: number;
  /** Documents of which the requests are read one by one. */
  readonly requestDocuments: number;
  /** Maximum number of attempts per request. */
  readonly attempts: number;
  /** Milliseconds of retries after the first failure: long enough to restart a node. */
  readonly patience: number;
  /** Milliseconds before the first retry; doubled each time. */
  readonly retryDelay: number;
  /** Milliseconds for one request and its answer. */
  readonly requestTimeout: number;
}

export const DEFAULT_TUNING: Tuning = {
  pageSize: 6_000,
  hitPageSize: 2_000,
  keysPerQuery: 10_000,
  setsPerQuery: 200,
  fewestKeys: 500,
  accountsApart: 20,
  joinedDocuments: 100_000,
  sliceDocuments: 500_000,
  slowPage: 10_000,
  duplicateWindowDocuments: 50_000,
  exactDuplicatesUpTo: 1_000_000,
  sampleWindows: 20,
  mostDuplicates: 1_000_000,
  requestDocuments: 500_000,
  attempts: 50,
  patience: 180_000,
  retryDelay: 500,
  requestTimeout: 120_000,
};

/** Milliseconds. */
const LONGEST_RUN = 12 * HOUR_MS;

/** Deadline of a run that starts now, in milliseconds since 1970. */
export const deadlineOf = ({ deadline = LONGEST_RUN }: ElasticsearchConfig, now: number): number =>
  deadline === null ? Infinity : now + deadline;

/** The configuration overrides defaults, and tests override both. */
export function tuningOf(config: ElasticsearchConfig, tuning: Partial<Tuning>): Tuning {
  return {
    ...DEFAULT_TUNING,
    ...(config.requestTimeout === undefined ? {} : { requestTimeout: config.requestTimeout }),
    ...(config.retryFor === undefined ? {} : { patience: config.retryFor }),
    ...tuning,
  };
}
