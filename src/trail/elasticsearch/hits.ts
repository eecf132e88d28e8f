import type { estypes } from '@elastic/elasticsearch';
import { isoSeconds } from '../time.js';
import type { FieldTable } from './fields.js';
import { textOf, type FieldName, type Values } from './layouts.js';
import type { Searcher } from './searcher.js';

export interface Hit {
  readonly values: Values;
  /** ISO 8601 UTC, seconds. */
  readonly time: string;
  /** All values of a field that has more than one. */
  readonly all: (field: FieldName) => string[];
}

/**
 * The fields of all documents that match, page after page to the end.
 * @throws QueryFailed when a page stays failed; the pages before it have been yielded
 */
export async function* hits(
  searcher: Searcher,
  table: FieldTable,
  query: estypes.QueryDslQueryContainer,
  wanted: readonly FieldName[],
): AsyncGenerator<Hit> {
  const present = wanted.filter((field) => table.fields.has(field));
  const names = present.map((field) => table.fields.get(field)?.whole ?? '');
  let after: estypes.SortResults | undefined;
  for (;;) {
    const response = await searcher.search({
      query,
      size: searcher.tuning.hitPageSize,
      fields: [...names, table.timestamp],
      sort: ['_shard_doc'],
      ...(after === undefined ? {} : { searchAfter: after }),
    });
    for (const hit of response.hits.hits) {
      const time = isoSeconds(first(hit, table.timestamp));
      if (time === null) continue;
      yield {
        values: Object.fromEntries(
          present.map((field, index) => [field, textOf(first(hit, names[index] ?? ''))]),
        ),
        time,
        all: (field) => {
          const index = present.indexOf(field);
          return index < 0 ? [] : valuesOf(hit, names[index] ?? '').map(String);
        },
      };
    }
    after = response.hits.hits.at(-1)?.sort;
    if (response.hits.hits.length < searcher.tuning.hitPageSize || after === undefined) return;
  }
}

type Value = string | number | boolean;

/** A value too long for its keyword (ignore_above) is not among the fields, but beside them. */
function valuesOf(hit: estypes.SearchHit, name: string): Value[] {
  const fields: Readonly<Record<string, unknown>> = hit.fields ?? {};
  const ignored: Readonly<Record<string, unknown>> = hit.ignored_field_values ?? {};
  return [fields[name] ?? [], ignored[name] ?? []]
    .flat()
    .filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');
}

const first = (hit: estypes.SearchHit, name: string): Value | null => valuesOf(hit, name)[0] ?? null;
