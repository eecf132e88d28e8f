import { valueAt } from '../../base/checked.js';
import type { estypes } from '@elastic/elasticsearch';
import { isoSeconds } from '../../base/time.js';
import type { FieldTable } from './fields.js';
import type { Key } from './composite-key.js';
import { DocumentCount } from './document-count.js';
import { QueryTimeoutError } from './failures.js';
import { textOf, type FieldName, type GrowingValues, type Values } from './layouts.js';
import type { Searcher } from './searcher.js';

export interface Group<Inside = unknown> {
  readonly values: Values;
  readonly count: number;
  /** ISO 8601 UTC, seconds; start of the group's span if not requested. */
  readonly first: string;
  readonly last: string;
  /** Start of the group's day or week, if requested: ISO 8601 UTC, seconds. */
  readonly began: string | null;
  /** Answers of the aggregations inside the group. */
  readonly inside: Inside;
}

/** Called once per group: a generator for a million groups would cost more than the answers. */
export type Take<Inside = unknown> = (group: Group<Inside>) => void;

const EVERY = {
  day: { fixed_interval: '1d' },
  week: { calendar_interval: '1w' },
} as const;

export interface GroupOptions {
  /** One group per day or week (from Monday), in UTC. */
  readonly every?: keyof typeof EVERY;
  /** False: not requested, which saves more than half of a query with many small groups. */
  readonly firstAndLast?: boolean;
  readonly inside?: Record<string, estypes.AggregationsAggregationContainer>;
  readonly pageSize?: number;
}

/** What remains of a query that ended early: the groups after this one, or all. */
export interface Rest {
  readonly after: Key | undefined;
}

interface Bucket {
  readonly key: Key;
  readonly doc_count: number;
  readonly first?: { readonly value: number };
  readonly last?: { readonly value: number };
}
interface Page<Inside> {
  readonly after_key?: Key;
  readonly buckets: readonly (Bucket & Inside)[];
}

const BEGAN = 'began';

/**
 * Takes all groups of the matching documents, page by page to the end. Fields that the index lacks are null. Each
 * group is counted once and completely, even if the point in time is lost between two pages: the next page starts
 * after the last group.
 * @returns number of matching documents
 * @throws QueryFailedError if a page keeps failing, or the groups lack documents; earlier groups have been taken
 */
export async function groups<Inside = unknown>(
  searcher: Searcher,
  table: FieldTable,
  query: estypes.QueryDslQueryContainer,
  by: readonly FieldName[],
  options: GroupOptions,
  take: Take<Inside>,
): Promise<number> {
  const count = new DocumentCount();
  await groupPages(searcher, table, query, by, { ...options, count, isLast: true }, take);
  return count.documents;
}

export interface PageOptions extends GroupOptions {
  /** Starts after this group. */
  readonly after?: Key | undefined;
  /** Ends after the first page, also on a timeout. */
  readonly onePage?: boolean;
  /** Counts documents and the documents in groups. */
  readonly count: DocumentCount;
  /** After this query, the groups must have all counted documents. */
  readonly isLast: boolean;
}

/** The request: a source for each available field, and what to compute per group. */
function askedOf(table: FieldTable, by: readonly FieldName[], options: GroupOptions): Asked {
  const present = by
    .filter((field) => table.fields.has(field))
    .map((field, index) => ({ field, key: `f${index}` }));
  const sources: Asked['sources'] = present.map(({ field, key }) => ({
    [key]: { terms: { field: valueAt(table.fields, field).exact, missing_bucket: true } },
  }));
  if (options.every !== undefined)
    sources.push({ [BEGAN]: { date_histogram: { field: table.timestamp, ...EVERY[options.every] } } });
  // The text beside each number is not used: request the shortest.
  const time = { field: table.timestamp, format: 'epoch_second' };
  const firstAndLast = { first: { min: time }, last: { max: time } };
  const aggs = { ...options.inside, ...(options.firstAndLast === false ? {} : firstAndLast) };
  return { present, sources, aggs };
}

interface Asked {
  readonly present: readonly { readonly field: FieldName; readonly key: string }[];
  readonly sources: Record<string, estypes.AggregationsCompositeAggregationSource>[];
  readonly aggs: Record<string, estypes.AggregationsAggregationContainer>;
}

/**
 * Like `groups`, from any group, to the end or for one page.
 * @returns null at the end
 * @throws QueryFailedError
 */
export async function groupPages<Inside = unknown>(
  searcher: Searcher,
  table: FieldTable,
  query: estypes.QueryDslQueryContainer,
  by: readonly FieldName[],
  options: PageOptions,
  take: Take<Inside>,
): Promise<Rest | null> {
  const { present, sources, aggs } = askedOf(table, by, options);
  const pages = searcher.paged();
  let size = options.pageSize ?? searcher.tuning.pageSize;
  const onePage = options.onePage === true;
  const { count, isLast } = options;
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
      const { documents, aggregations } = page.response;
      if (after === undefined) count.match(documents);
      const answer = aggregations.groups;
      for (const bucket of answer.buckets) {
        const began = options.every === undefined ? null : isoSeconds(bucket.key[BEGAN]);
        const values: GrowingValues = {};
        for (const { field, key } of present) values[field] = textOf(bucket.key[key]);
        count.group(bucket.doc_count);
        take({
          values,
          count: bucket.doc_count,
          first: (bucket.first === undefined ? began : isoSeconds(bucket.first.value)) ?? '',
          last: (bucket.last === undefined ? began : isoSeconds(bucket.last.value)) ?? '',
          began,
          inside: bucket,
        });
      }
      after = answer.after_key;
      // Fewer than requested: no shard has more.
      if (after === undefined || answer.buckets.length < size) {
        if (isLast) count.check();
        return null;
      }
      if (onePage) return { after };
    }
  } catch (error) {
    if (error instanceof QueryTimeoutError) return { after };
    pages.fail(error);
    throw error;
  } finally {
    pages.end();
  }
}
