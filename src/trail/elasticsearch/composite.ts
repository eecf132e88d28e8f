import type { estypes } from '@elastic/elasticsearch';
import { isoSeconds } from '../../base/time.js';
import type { FieldTable } from './fields.js';
import type { Key } from './composite-key.js';
import { DocumentCount } from './document-count.js';
import { TooSlow } from './failures.js';
import { textOf, type FieldName, type GrowingValues, type Values } from './layouts.js';
import type { Searcher } from './searcher.js';

export interface Group<Inside = unknown> {
  readonly values: Values;
  readonly count: number;
  /** ISO 8601 UTC, seconds; when the group began, where they were not asked for. */
  readonly first: string;
  readonly last: string;
  /** When the group's day or week began, where these were asked for: ISO 8601 UTC, seconds. */
  readonly began: string | null;
  /** Answers of the aggregations asked for inside the group. */
  readonly inside: Inside;
}

/** Is given each group once: a million of them would cost more in a generator than in the answers. */
export type Take<Inside = unknown> = (group: Group<Inside>) => void;

const EVERY = {
  day: { fixed_interval: '1d' },
  week: { calendar_interval: '1w' },
} as const;

export interface GroupOptions {
  /** Groups are of one day or week (from Monday) each, in UTC. */
  readonly every?: keyof typeof EVERY;
  /** False: not asked for, which costs more than half of a query for many small groups. */
  readonly firstAndLast?: boolean;
  readonly inside?: Record<string, estypes.AggregationsAggregationContainer>;
  readonly pageSize?: number;
}

/** What a query left that ended before its end: the groups after this one, or all. */
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
 * Takes all groups of the documents that match, page after page to the end. Fields that the index lacks are null. Each group is
 * counted once and whole, also when the point in time is lost between two pages: the next page begins after the last group.
 * @returns the number of documents that match
 * @throws QueryFailed when a page stays failed, or the groups do not hold all documents; what came has been taken
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
  /** Begins after this group. */
  readonly after?: Key | undefined;
  /** Ends after the first page, also when that does not come in time. */
  readonly onePage?: boolean;
  /** Told of the documents and of the groups that hold them. */
  readonly count: DocumentCount;
  /** After the end of this query the groups must hold all documents that were counted. */
  readonly isLast: boolean;
}

/** What is asked of the index: a source of the groups' keys for each field that it has, and what to tell of each group. */
function askedOf(table: FieldTable, by: readonly FieldName[], options: GroupOptions): Asked {
  const present = by
    .filter((field) => table.fields.has(field))
    .map((field, index) => ({ field, key: `f${index}` }));
  const sources: Asked['sources'] = present.map(({ field, key }) => ({
    [key]: { terms: { field: table.fields.get(field)?.exact ?? '', missing_bucket: true } },
  }));
  if (options.every !== undefined)
    sources.push({ [BEGAN]: { date_histogram: { field: table.timestamp, ...EVERY[options.every] } } });
  // The text beside each number is not read: the shortest.
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
 * As `groups`, from any group on, and to the end or for one page.
 * @returns null at the end
 * @throws QueryFailed
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
      // Fewer than asked for: no shard had more.
      if (after === undefined || answer.buckets.length < size) {
        if (isLast) count.check();
        return null;
      }
      if (onePage) return { after };
    }
  } catch (error) {
    if (error instanceof TooSlow) return { after };
    pages.fail(error);
    throw error;
  } finally {
    pages.end();
  }
}
