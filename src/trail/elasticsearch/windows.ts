import { DAY_MS, HOUR_MS } from '../../base/time.js';
import type { estypes } from '@elastic/elasticsearch';
import { DocumentCount } from './document-count.js';
import type { FieldTable } from './fields.js';
import { partitionQuery, type Query, type IndexPartition, type Span } from './partitions.js';
import type { SearchAnswer } from './search-answer.js';
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
  { interval: '1d', milliseconds: DAY_MS },
  { interval: '1h', milliseconds: HOUR_MS },
  { interval: '1m', milliseconds: 60_000 },
  { interval: '1s', milliseconds: 1_000 },
] as const;

export interface DayCounts {
  /** UTC days with documents. */
  readonly days: readonly DayCount[];
  /** Total of all days. */
  readonly documents: number;
}

/** Documents per day. @throws QueryFailedError */
export async function dayCounts(
  searcher: Searcher,
  table: FieldTable,
  partition: IndexPartition,
  span: Span,
): Promise<DayCounts> {
  const { buckets, documents } = await histogram(
    searcher,
    table,
    partitionQuery(table, partition, span),
    STEPS[0].interval,
  );
  return { days: buckets, documents };
}

/**
 * Splits the span into windows of at most `most` documents, if time allows: a second with more is not split. Empty
 * windows are omitted.
 * @param days of the documents that match the filter
 */
export async function windowsOf(
  searcher: Searcher,
  table: FieldTable,
  partition: IndexPartition,
  span: Span,
  days: readonly DayCount[],
  most: number,
  filter: readonly Query[] = [],
): Promise<Window[]> {
  const histogramOf = async (part: Span, interval: string): Promise<readonly DayCount[]> =>
    (await histogram(searcher, table, partitionQuery(table, partition, part, { filter }), interval)).buckets;
  return merge(await split(histogramOf, span, days, most, 0), most);
}

async function split(
  histogramOf: (part: Span, interval: string) => Promise<readonly DayCount[]>,
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

/** Joins neighbors while they fit. */
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
): Promise<{ buckets: readonly DayCount[]; documents: number }> {
  const times = { date_histogram: { field: table.timestamp, fixed_interval: interval, min_doc_count: 1 } };
  const { aggregations, documents } = await searcher.search<Times>({ query, aggs: { times } }, checkTimes);
  return { buckets: aggregations.times.buckets, documents };
}

interface Times {
  readonly times: { readonly buckets: readonly DayCount[] };
}

function checkTimes({ aggregations, documents }: SearchAnswer<Times>): void {
  const count = new DocumentCount();
  count.match(documents);
  for (const { doc_count } of aggregations.times.buckets) count.group(doc_count);
  count.check();
}
