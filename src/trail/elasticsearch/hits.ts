import type { estypes } from '@elastic/elasticsearch';
import { isoSeconds } from '../time.js';
import { textOf, type FieldName, type FieldTable, type Values } from './fields.js';
import type { Searcher } from './searcher.js';

export interface Hit {
  readonly values: Values;
  /** ISO 8601 UTC, seconds. */
  readonly time: string;
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
      };
    }
    after = response.hits.hits.at(-1)?.sort;
    if (response.hits.hits.length < searcher.tuning.hitPageSize || after === undefined) return;
  }
}

/** A value too long for its keyword (ignore_above) is not among the fields, but beside them. */
function first(hit: estypes.SearchHit, name: string): string | number | boolean | null {
  const fields: Readonly<Record<string, unknown>> = hit.fields ?? {};
  const ignored: Readonly<Record<string, unknown>> = hit.ignored_field_values ?? {};
  const list = fields[name] ?? ignored[name];
  const value: unknown = Array.isArray(list) ? list[0] : list;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
