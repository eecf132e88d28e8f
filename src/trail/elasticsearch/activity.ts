import { Aggregator } from '../aggregate.js';
import type { ActivityRow } from '../types.js';
import { groups } from './composite.js';
import type { Extras } from './duplicates.js';
import type { FieldName } from './fields.js';
import { hits } from './hits.js';
import type { IndexReader } from './index-reader.js';
import { activityRow, isInScope, ISSUED_FIELDS, ISSUER, OTHER_FIELDS, RECORD_FIELDS } from './rows.js';
import { exists, scopeQuery, type Scope } from './scopes.js';

/** All calls of the period by actor, sorted: groups of the index, without what it holds twice. */
export async function readActivity(reader: IndexReader, extras: Extras): Promise<ActivityRow[]> {
  const rows = new Aggregator();
  let done = 0;
  await Promise.all(
    reader.scopes.map(async (scope) => {
      await reader.guard(scope, 'reading activity', () => readScope(reader, scope, rows));
      done += 1;
      reader.request.onProgress?.(`activity of ${done} of ${reader.scopes.length} parts of the index read`);
    }),
  );
  for (const row of extras.activity) rows.add(row);
  return rows.rows().filter((row) => row.count > 0);
}

async function readScope(reader: IndexReader, scope: Scope, rows: Aggregator): Promise<void> {
  const { table, searcher } = reader;
  const windows = await reader.windows(scope, searcher.tuning.sliceDocuments);
  const issued = exists(table, ISSUER);
  const tooLong = hasTooLongValue(reader);
  await Promise.all(
    windows.flatMap((window) => [
      readGroups(
        reader,
        rows,
        scopeQuery(table, scope, window, { filter: issued, mustNot: tooLong }),
        ISSUED_FIELDS,
      ),
      readGroups(
        reader,
        rows,
        scopeQuery(table, scope, window, { mustNot: [...issued, ...tooLong] }),
        OTHER_FIELDS,
      ),
    ]),
  );
  if (windows.length === 0) return;
  for await (const hit of hits(
    searcher,
    table,
    scopeQuery(table, scope, reader.span, { filter: tooLong }),
    RECORD_FIELDS,
  )) {
    reader.count('recordsWithLongValues', 1);
    if (!isInScope(hit.values, reader.accountIds)) continue;
    rows.add(activityRow(hit.values, { count: 1, first: hit.time, last: hit.time }));
  }
}

async function readGroups(
  reader: IndexReader,
  rows: Aggregator,
  query: Parameters<typeof groups>[2],
  by: readonly FieldName[],
): Promise<void> {
  for await (const group of groups(reader.searcher, reader.table, query, by)) {
    reader.count('groups', 1);
    if (isInScope(group.values, reader.accountIds)) rows.add(activityRow(group.values, group));
  }
}

/** Documents with a value longer than its keyword takes (ignore_above) would be grouped as if they had none. */
function hasTooLongValue(reader: IndexReader): [Parameters<typeof groups>[2]] {
  const names = RECORD_FIELDS.flatMap((field) => reader.table.fields.get(field)?.exact ?? []);
  return [{ terms: { _ignored: names } }];
}
