import type { estypes } from '@elastic/elasticsearch';
import type { FieldTable } from './fields.js';
import { QueryFailed } from './failures.js';
import { scopeQuery, type Query, type Scope, type Span } from './scopes.js';
import type { Searcher } from './searcher.js';

export interface Window extends Span {
  readonly documents: number;
}

export interface DayCount {
  /** Epoch milliseconds. */
  readonly key: number;
  readonly doc_count: number;
}

const STEPS = [
  { interval: '1d', milliseconds: 86_400_000 },
  { interval: '1h', milliseconds: 3_600_000 },
  { interval: '1m', milliseconds: 60_000 },
  { interval: '1s', milliseconds: 1_000 },
] as const;

/** Documents per UTC day, days without any left out. */
export function dayCounts(
  searcher: Searcher,
  table: FieldTable,
  scope: Scope,
  span: Span,
): Promise<DayCount[]> {
  return histogram(searcher, table, scopeQuery(table, scope, span), STEPS[0].interval);
}

/**
 * Cuts the span into windows of at most `most` documents, where time allows: a second with more stays whole.
 * Windows without documents are left out.
 * @param days of the documents that the filter takes
 */
export async function windowsOf(
  searcher: Searcher,
  table: FieldTable,
  scope: Scope,
  span: Span,
  days: readonly DayCount[],
  most: number,
  filter: readonly Query[] = [],
): Promise<Window[]> {
  const histogramOf = (part: Span, interval: string): Promise<DayCount[]> =>
    histogram(searcher, table, scopeQuery(table, scope, part, { filter }), interval);
  return merge(await split(histogramOf, span, days, most, 0), most);
}

async function split(
  histogramOf: (part: Span, interval: string) => Promise<DayCount[]>,
  span: Span,
  buckets: readonly DayCount[],
  most: number,
  level: number,
): Promise<Window[]> {
  const step = STEPS[level];
  const finer = STEPS[level + 1];
  if (step === undefined) return [];
  const parts = await Promise.all(
    buckets.map(async (bucket): Promise<Window[]> => {
      const window = {
        from: Math.max(bucket.key, span.from),
        to: Math.min(bucket.key + step.milliseconds, span.to),
        documents: bucket.doc_count,
      };
      if (bucket.doc_count <= most || finer === undefined) return [window];
      const inside = await histogramOf(window, finer.interval);
      return split(histogramOf, window, inside, most, level + 1);
    }),
  );
  return parts.flat();
}

/** Joins neighbours while they fit. */
function merge(windows: readonly Window[], most: number): Window[] {
  const merged: Window[] = [];
  for (const window of windows) {
    const last = merged.at(-1);
    if (last !== undefined && last.documents + window.documents <= most) {
      merged[merged.length - 1] = {
        from: last.from,
        to: window.to,
        documents: last.documents + window.documents,
      };
    } else merged.push(window);
  }
  return merged;
}

async function histogram(
  searcher: Searcher,
  table: FieldTable,
  query: estypes.QueryDslQueryContainer,
  interval: string,
): Promise<DayCount[]> {
  const response = await searcher.search<{ times: { buckets: DayCount[] } }>({
    query,
    aggs: {
      times: { date_histogram: { field: table.timestamp, fixed_interval: interval, min_doc_count: 1 } },
    },
  });
  if (response.aggregations === undefined) throw new QueryFailed('an answer held no aggregations');
  return response.aggregations.times.buckets;
}
