import { HOUR_MS } from '../../base/time.js';
import type { ElasticsearchConfig } from '../../config/types.js';

/** Sizes and limits of the queries; tests make them tiny. */
export interface Tuning {
  /** Buckets of a composite page. */
  readonly pageSize: number;
  /** Documents of a page of hits (index.max_result_window allows 10,000). */
  readonly hitPageSize: number;
  /** Session keys in one query (index.max_terms_count allows 65,536). */
  readonly keysPerQuery: number;
  /** Sets of sessions in one query, each with some dozens of buckets. */
  readonly setsPerQuery: number;
  /** Fewer sessions than this are asked for by their keys, with a bucket for each call of each session. */
  readonly fewestKeys: number;
  /** Up to so many accounts are asked for one by one, so that a failure concerns one of them only. */
  readonly accountsApart: number;
  /** Of more accounts, those are asked for together that have at most so many documents. */
  readonly joinedDocuments: number;
  /** Documents of a time slice of the activity. */
  readonly sliceDocuments: number;
  /** Milliseconds after which the next slice of the same kind is halved. */
  readonly slowPage: number;
  /** Documents of a time window in which duplicates are looked for: below the size of a terms aggregation. */
  readonly duplicateWindowDocuments: number;
  /** Up to this many events every window is checked for duplicates; above it a sample first. */
  readonly exactDuplicatesUpTo: number;
  readonly sampleWindows: number;
  /** Above so many further copies, as the sample lets expect, counts stay as recorded. */
  readonly mostDuplicates: number;
  /** Documents of which the requests are read one by one. */
  readonly requestDocuments: number;
  /** Tries of a request at most. */
  readonly attempts: number;
  /** Milliseconds after its first failure in which a query is repeated: long enough for a node to be restarted. */
  readonly patience: number;
  /** Milliseconds before the first retry; doubled each time. */
  readonly retryDelay: number;
  /** Milliseconds for one request, to the end of its answer. */
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

/** When a run that begins now asks no more, in milliseconds since 1970. */
export const deadlineOf = ({ deadline = LONGEST_RUN }: ElasticsearchConfig, now: number): number =>
  deadline === null ? Infinity : now + deadline;

/** What the configuration sets goes before the defaults, what a test sets before both. */
export function tuningOf(config: ElasticsearchConfig, tuning: Partial<Tuning>): Tuning {
  return {
    ...DEFAULT_TUNING,
    ...(config.requestTimeout === undefined ? {} : { requestTimeout: config.requestTimeout }),
    ...(config.retryFor === undefined ? {} : { patience: config.retryFor }),
    ...tuning,
  };
}
