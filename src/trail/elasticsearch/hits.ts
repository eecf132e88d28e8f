import type { estypes } from '@elastic/elasticsearch';
import { isoSeconds } from '../../base/time.js';
import { QueryFailedError } from './failures.js';
import type { FieldTable } from './fields.js';
import { textOf, type FieldName, type GrowingValues, type Values } from './layouts.js';
import type { FoundHit } from './search-answer.js';
import type { PagedQuery, Searcher } from './searcher.js';
import type { SearchBody } from './session.js';
import { BAD_ANSWERS, FAILURES } from '../../wording/elasticsearch-queries.js';

export interface Hit {
  readonly values: Values;
  /** ISO 8601 UTC, seconds. */
  readonly time: string;
  /** All values of a field with several values. */
  readonly all: (field: FieldName) => string[];
  /** The parts of the document that were asked for. */
  readonly source: unknown;
}

export interface HitRequest {
  readonly query: estypes.QueryDslQueryContainer;
  readonly fields: readonly FieldName[];
  /**
   * Without the documents, which is a third cheaper: if all fields have doc values, and no matching document has a
   * value that is too long for its field.
   */
  readonly fromDocValues?: boolean;
  /** Parts of the documents themselves. */
  readonly source?: readonly string[];
}

/** Maximum number of lost points in time per query. */
const MOST_RESTARTS = 5;

/**
 * Reads all matching documents, page by page to the end, into one result. The page order is bound to the point in
 * time: if that is lost, a new result is started, so that no document is in it twice.
 * @param begin creates an empty result
 * @throws QueryFailedError if a page keeps failing, or the pages do not have exactly the matching documents
 */
export async function foldHits<Result>(
  searcher: Searcher,
  table: FieldTable,
  { query, fields, fromDocValues = false, source }: HitRequest,
  begin: () => Result,
  add: (result: Result, hit: Hit) => void,
): Promise<Result> {
  const names = new Map<FieldName, string>();
  for (const field of fields) {
    const resolved = table.fields.get(field);
    if (resolved !== undefined) names.set(field, resolved[fromDocValues ? 'exact' : 'whole']);
  }
  // One format, whatever the mapping.
  const wanted = [...names.values(), { field: table.timestamp, format: 'epoch_millis' }];
  const values = fromDocValues ? { docvalue_fields: wanted, stored_fields: '_none_' } : { fields: wanted };
  const hitOf = (hit: FoundHit): Hit => {
    const time = isoSeconds(Number(first(hit, table.timestamp) ?? NaN));
    // All matching documents have one.
    if (time === null) throw new QueryFailedError(BAD_ANSWERS.unreadableTime(table.timestamp));
    const values: GrowingValues = {};
    for (const [field, name] of names) values[field] = textOf(first(hit, name));
    return {
      values,
      time,
      source: hit._source,
      all: (field) => {
        const name = names.get(field);
        return name === undefined ? [] : valuesOf(hit, name).map(String);
      },
    };
  };
  const pages = searcher.paged();
  try {
    for (let restart = 0; restart <= MOST_RESTARTS; restart += 1) {
      const result = begin();
      const isWhole = await readPages(
        pages,
        searcher.tuning.hitPageSize,
        (size, after) => ({
          query,
          size,
          ...values,
          ...(source === undefined ? {} : { _source: { includes: [...source] } }),
          sort: ['_shard_doc'],
          ...(after === undefined ? {} : { search_after: after }),
        }),
        (found) => {
          for (const hit of found) add(result, hitOf(hit));
        },
      );
      if (isWhole) return result;
    }
    throw new QueryFailedError(FAILURES.attempts(1, FAILURES.pointInTimeLostAgain));
  } catch (error) {
    pages.fail(error);
    throw error;
  } finally {
    pages.end();
  }
}

type Position = NonNullable<SearchBody['search_after']>;

/** @returns false if the point in time was lost */
async function readPages(
  pages: PagedQuery,
  most: number,
  bodyOf: (size: number, after: Position | undefined) => SearchBody,
  take: (found: readonly FoundHit[]) => void,
): Promise<boolean> {
  let size = most;
  let after: Position | undefined;
  let generation: number | undefined;
  let read = 0;
  let expected: number | undefined;
  for (;;) {
    const from = after;
    const page = await pages.page((smaller) => bodyOf(smaller, from), size);
    generation ??= page.generation;
    if (page.generation !== generation) return false;
    const { hits, documents } = page.response;
    expected ??= documents;
    take(hits);
    read += hits.length;
    size = page.size;
    after = hits.at(-1)?.sort;
    if (hits.length === size && after !== undefined) continue;
    if (read !== expected) throw new QueryFailedError(BAD_ANSWERS.pages(read, expected));
    return true;
  }
}

type Value = string | number | boolean;

const NO_VALUES: readonly unknown[] = [];

function listIn(lists: Readonly<Record<string, unknown>> | undefined, name: string): readonly unknown[] {
  const list = lists?.[name];
  return Array.isArray(list) ? list : NO_VALUES;
}

const isValue = (value: unknown): value is Value =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** A value too long for its keyword (ignore_above) is not among the fields, but beside them. */
function valuesOf(hit: FoundHit, name: string): Value[] {
  return [...listIn(hit.fields, name), ...listIn(hit.ignored_field_values, name)].filter(isValue);
}

/** Like the first of `valuesOf`, without a list: a page can have a hundred thousand. */
function first(hit: FoundHit, name: string): Value | null {
  return (
    listIn(hit.fields, name).find(isValue) ?? listIn(hit.ignored_field_values, name).find(isValue) ?? null
  );
}
