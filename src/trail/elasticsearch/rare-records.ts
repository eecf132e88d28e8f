import type { FieldTable } from './fields.js';
import { QueryFailedError } from './failures.js';
import { ISSUER } from './rows.js';
import {
  exists,
  isFailedSignIn,
  isInsight,
  isNetworkActivity,
  periodQuery,
  type Query,
  type Span,
} from './partitions.js';
import type { Searcher } from './searcher.js';

/** Number of documents of kinds with their own queries. Most indices have none. */
export interface RareRecords {
  /** Insights events describe other events: skipped and counted. */
  readonly insights: number;
  readonly networkActivity: number;
  readonly failedSignIns: number;
  /** Corrections of events. */
  readonly addenda: number;
  /** Calls in role sessions without `userIdentity.arn`, which has the session name. */
  readonly unnamedSessions: number;
}

/** If they could not be counted, there may be some. */
export const UNKNOWN_NUMBERS: RareRecords = {
  insights: NaN,
  networkActivity: Infinity,
  failedSignIns: Infinity,
  addenda: Infinity,
  unnamedSessions: Infinity,
};

/**
 * Counts all kinds in one search of these documents only.
 * @returns null if they could not be counted
 */
export async function countRareRecords(
  searcher: Searcher,
  table: FieldTable,
  span: Span,
): Promise<RareRecords | null> {
  const kinds: Readonly<Record<keyof RareRecords, Query>> = {
    insights: isInsight(table),
    networkActivity: isNetworkActivity(table),
    failedSignIns: isFailedSignIn(table),
    addenda: { bool: { filter: exists(table, 'addendum.originalEventID') } },
    unnamedSessions: {
      bool: { filter: exists(table, ISSUER), must_not: exists(table, 'userIdentity.arn') },
    },
  };
  const aggs = Object.fromEntries(Object.entries(kinds).map(([kind, filter]) => [kind, { filter }]));
  const isRare = { bool: { should: Object.values(kinds), minimum_should_match: 1 } };
  try {
    const { aggregations } = await searcher
      .of('rare records')
      .search<Record<keyof RareRecords, { readonly doc_count: number }>>({
        query: periodQuery(table, span, isRare),
        aggs,
      });
    const countOf = (kind: keyof RareRecords): number => aggregations[kind].doc_count;
    return {
      insights: countOf('insights'),
      networkActivity: countOf('networkActivity'),
      failedSignIns: countOf('failedSignIns'),
      addenda: countOf('addenda'),
      unnamedSessions: countOf('unnamedSessions'),
    };
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    return null;
  }
}
