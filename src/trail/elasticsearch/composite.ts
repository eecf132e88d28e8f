import type { estypes } from '@elastic/elasticsearch';
import { isoSeconds } from '../time.js';
import type { FieldTable } from './fields.js';
import { QueryFailed, TooManyBuckets } from './failures.js';
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
}

type Key = Record<string, string | number | boolean | null>;
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
 * All groups of the documents that match, page after page to the end. Fields that the index lacks are null.
 * @throws QueryFailed when a page stays failed; the pages before it have been yielded
 */
export async function* groups<Inside = unknown>(
  searcher: Searcher,
  table: FieldTable,
  query: estypes.QueryDslQueryContainer,
  by: readonly FieldName[],
  options: GroupOptions = {},
): AsyncGenerator<Group<Inside>> {
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
  let size = options.pageSize ?? searcher.tuning.pageSize;
  let after: Key | undefined;
  do {
    const page = await pageOf<Inside>(searcher, table, query, sources, options.inside ?? {}, size, after);
    size = page.size;
    for (const bucket of page.answer.buckets) {
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
    after = page.answer.after_key;
  } while (after !== undefined);
}

async function pageOf<Inside>(
  searcher: Searcher,
  table: FieldTable,
  query: estypes.QueryDslQueryContainer,
  sources: Record<string, estypes.AggregationsCompositeAggregationSource>[],
  inside: NonNullable<GroupOptions['inside']>,
  wanted: number,
  after: Key | undefined,
): Promise<{ answer: Page<Inside>; size: number }> {
  for (let size = wanted; size >= 1; size = Math.floor(size / 2)) {
    try {
      const response = await searcher.search<{ groups: Page<Inside> }>({
        query,
        aggs: {
          groups: {
            composite: { size, sources, ...(after === undefined ? {} : { after }) },
            aggs: {
              ...inside,
              first: { min: { field: table.timestamp } },
              last: { max: { field: table.timestamp } },
            },
          },
        },
      });
      if (response.aggregations === undefined) throw new QueryFailed('an answer held no aggregations');
      return { answer: response.aggregations.groups, size };
    } catch (error) {
      if (!(error instanceof TooManyBuckets)) throw error;
    }
  }
  throw new QueryFailed('a query failed: too many buckets, even one at a time');
}
