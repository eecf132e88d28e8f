import type { estypes } from '@elastic/elasticsearch';
import { isoSeconds } from '../time.js';
import type { FieldTable } from './fields.js';
import { QueryFailed, TooSlow } from './failures.js';
import { textOf, type FieldName, type Values } from './layouts.js';
import type { Searcher } from './searcher.js';

export interface Group<Inside = unknown> {
  readonly values: Values;
  readonly count: number;
  /** ISO 8601 UTC, seconds. */
  readonly first: string;
  readonly last: string;
  /** First UTC day (YYYY-MM-DD) of the group, where days or weeks (from Monday) were asked for. */
  readonly day: string | null;
  /** Answers of the aggregations asked for inside the group. */
  readonly inside: Inside;
}

export interface GroupOptions {
  readonly days?: boolean;
  readonly weeks?: boolean;
  readonly inside?: Record<string, estypes.AggregationsAggregationContainer>;
  readonly pageSize?: number;
  /** Begins after this group. */
  readonly after?: Key | undefined;
  /** Ends after the first page, also when that does not come in time. */
  readonly onePage?: boolean;
}

/** What a query left that ended before its end: the groups after this one, or all. */
export interface Rest {
  readonly after: Key | undefined;
}

export type Key = Record<string, string | number | boolean | null>;
interface Bucket {
  readonly key: Key;
  readonly doc_count: number;
  readonly first: { readonly value: number | null };
  readonly last: { readonly value: number | null };
}
interface Page<Inside> {
  readonly after_key?: Key;
  readonly buckets: readonly (Bucket & Inside)[];
}

const DAY = 'day';

/**
 * All groups of the documents that match, page after page to the end. Fields that the index lacks are null. Each group is
 * counted once and whole, also when the point in time is lost between two pages: the next page begins after the last group.
 * @returns null at the end
 * @throws QueryFailed when a page stays failed; the pages before it have been yielded
 */
export async function* groups<Inside = unknown>(
  searcher: Searcher,
  table: FieldTable,
  query: estypes.QueryDslQueryContainer,
  by: readonly FieldName[],
  options: GroupOptions = {},
): AsyncGenerator<Group<Inside>, Rest | null> {
  const present = by.filter((field) => table.fields.has(field));
  const sources: Record<string, estypes.AggregationsCompositeAggregationSource>[] = present.map(
    (field, index) => ({
      [`f${index}`]: { terms: { field: table.fields.get(field)?.exact ?? '', missing_bucket: true } },
    }),
  );
  if (options.days === true) {
    sources.push({ [DAY]: { date_histogram: { field: table.timestamp, fixed_interval: '1d' } } });
  }
  if (options.weeks === true) {
    sources.push({ [DAY]: { date_histogram: { field: table.timestamp, calendar_interval: '1w' } } });
  }
  const aggs = {
    ...options.inside,
    first: { min: { field: table.timestamp } },
    last: { max: { field: table.timestamp } },
  };
  const pages = searcher.paged();
  let size = options.pageSize ?? searcher.tuning.pageSize;
  const onePage = options.onePage === true;
  let { after } = options;
  try {
    for (;;) {
      const from = after === undefined ? {} : { after };
      const page = await pages.page<{ groups: Page<Inside> }>(
        (most) => ({ query, aggs: { groups: { composite: { size: most, sources, ...from }, aggs } } }),
        size,
        onePage,
      );
      size = page.size;
      const answer = page.response.aggregations?.groups;
      if (answer === undefined) throw new QueryFailed('an answer held no aggregations');
      for (const bucket of answer.buckets) {
        const day = bucket.key[DAY];
        yield {
          values: Object.fromEntries(present.map((field, index) => [field, textOf(bucket.key[`f${index}`])])),
          count: bucket.doc_count,
          first: isoSeconds(bucket.first.value) ?? '',
          last: isoSeconds(bucket.last.value) ?? '',
          day: typeof day === 'number' ? new Date(day).toISOString().slice(0, 10) : null,
          inside: bucket,
        };
      }
      after = answer.after_key;
      // Fewer than asked for: no shard had more.
      if (after === undefined || answer.buckets.length < size) return null;
      if (onePage) return { after };
    }
  } catch (error) {
    if (error instanceof TooSlow) return { after };
    throw error;
  } finally {
    pages.end();
  }
}
