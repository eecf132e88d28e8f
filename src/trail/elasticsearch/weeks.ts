import type { WeekRow } from '../types.js';
import { mondayOf } from '../time.js';
import { WeekAggregator } from '../weeks.js';
import { groups } from './composite.js';
import type { Extras } from './duplicates.js';
import { hits } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName, Values } from './layouts.js';
import {
  activityRow,
  isInScope,
  ISSUER,
  RECORD_FIELDS,
  WEEK_ISSUED_FIELDS,
  WEEK_OTHER_FIELDS,
} from './rows.js';
import { exists, hasTooLongValue, scopeQuery, type Scope } from './scopes.js';
import type { Window } from './windows.js';

/** Calls of each actor by week, sorted. */
export async function readWeeks(reader: IndexReader, extras: Extras): Promise<WeekRow[]> {
  const rows = new WeekAggregator();
  await Promise.all(reader.scopes.map((scope) => readScope(reader, scope, rows)));
  for (const row of extras.weeks) rows.add(row);
  return rows.rows();
}

async function readScope(reader: IndexReader, scope: Scope, rows: WeekAggregator): Promise<void> {
  const { table, searcher, span } = reader;
  const guarded = (work: () => Promise<void>): Promise<void> =>
    reader.guard(scope, 'reading activity by week', work);
  const add = (values: Values, count: number, week: string): void => {
    if (isInScope(values, reader.accountIds)) rows.add(weekRow(values, count, week));
  };
  const issued = exists(table, ISSUER);
  // The same records singly as for the activity.
  const tooLong = hasTooLongValue(table, RECORD_FIELDS);
  const windows: Window[] = [];
  await guarded(async () => {
    windows.push(...(await reader.windows(scope, searcher.tuning.sliceDocuments)));
  });
  if (windows.length === 0) return;
  const read = (query: ReturnType<typeof scopeQuery>, by: readonly FieldName[]): Promise<void> =>
    guarded(async () => {
      for await (const { values, count, day } of groups(searcher, table, query, by, { weeks: true }))
        if (day !== null) add(values, count, day);
    });
  await Promise.all([
    ...windows.flatMap((window) => [
      read(scopeQuery(table, scope, window, { filter: issued, mustNot: [tooLong] }), WEEK_ISSUED_FIELDS),
      read(scopeQuery(table, scope, window, { mustNot: [...issued, tooLong] }), WEEK_OTHER_FIELDS),
    ]),
    guarded(async () => {
      const query = scopeQuery(table, scope, span, { filter: [tooLong] });
      for await (const { values, time } of hits(searcher, table, query, RECORD_FIELDS))
        add(values, 1, mondayOf(time));
    }),
  ]);
}

/** A record's week, or a group's of records of that week. */
export function weekRow(values: Values, count: number, week: string): WeekRow {
  const { actor, recipientAccountId, outcome } = activityRow(values, { count, first: '', last: '' });
  return { actor, recipientAccountId, week, outcome, count };
}
