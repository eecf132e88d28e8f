import type { WeekRow } from '../types.js';
import { mondayOf } from '../../base/time.js';
import { WeekAggregator } from '../weeks.js';
import type { Take } from './composite.js';
import type { DuplicateCounts } from './duplicates.js';
import { foldHits } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName, Values } from './layouts.js';
import {
  activityRow,
  isCopy,
  isInScope,
  ISSUER,
  RECORD_FIELDS,
  SINGLE_FIELDS,
  WEEK_ISSUED_FIELDS,
  WEEK_OTHER_FIELDS,
} from './rows.js';
import { exists, partitionQuery, type Query, type IndexPartition, type Span } from './partitions.js';
import { groupsIn } from './slices.js';
import type { Window } from './windows.js';

const EVERY_WEEK = { every: 'week', firstAndLast: false } as const;

/** Calls of each actor per week, sorted. */
export async function readWeeks(reader: IndexReader, duplicates: DuplicateCounts): Promise<WeekRow[]> {
  const rows = new WeekAggregator();
  await Promise.all(reader.partitions.map((partition) => readPartition(reader, partition, rows)));
  for (const row of duplicates.weeks) rows.add(row);
  return rows.rows();
}

async function readPartition(
  reader: IndexReader,
  partition: IndexPartition,
  rows: WeekAggregator,
): Promise<void> {
  const { table, span } = reader;
  const searcher = reader.ask(partition, 'weeks');
  let documents = 0;
  const inTurn = (work: () => Promise<void>): Promise<boolean> =>
    reader.guardInTurn(partition, 'weeks', work);
  const add = (into: WeekAggregator, values: Values, count: number, week: string): void => {
    if (isInScope(values, reader.accountIds) && !isCopy(values)) into.add(weekRow(values, count, week));
  };
  const issued = exists(table, ISSUER);
  // The same single records as for activity.
  const single = reader.isReadSingly(RECORD_FIELDS);
  const types: readonly FieldName[] = reader.rare.networkActivity === 0 ? [] : ['eventType'];
  const windows: Window[] = [];
  await inTurn(async () => {
    windows.push(...(await reader.windows(partition, searcher.tuning.sliceDocuments)));
  });
  if (windows.length === 0) return;
  const read = (
    window: Window,
    limits: { readonly filter?: Query[]; readonly mustNot: Query[] },
    by: readonly FieldName[],
  ): Promise<boolean> =>
    inTurn(async () => {
      const queryOf = (part: Span): Query => partitionQuery(table, partition, part, limits);
      const take: Take = ({ values, count, began }) => {
        if (began !== null) add(rows, values, count, mondayOf(began));
      };
      const found = await groupsIn(searcher, table, window, queryOf, by, EVERY_WEEK, take);
      documents += found;
    });
  const answered = await Promise.all([
    ...windows.flatMap((window) => [
      read(window, { filter: issued, mustNot: [single] }, [...WEEK_ISSUED_FIELDS, ...types]),
      read(window, { mustNot: [...issued, single] }, [...WEEK_OTHER_FIELDS, ...types]),
    ]),
    inTurn(async () => {
      const found = await foldHits(
        searcher,
        table,
        { query: partitionQuery(table, partition, span, { filter: [single] }), fields: SINGLE_FIELDS },
        () => ({ count: 0, rows: new WeekAggregator() }),
        (result, { values, time }) => {
          result.count += 1;
          add(result.rows, values, 1, mondayOf(time));
        },
      );
      documents += found.count;
      for (const row of found.rows.rows()) rows.add(row);
    }),
  ]);
  if (answered.every(Boolean)) await inTurn(() => reader.checkRead(partition, documents));
}

/** Week of a record, or of a group of records. */
function weekRow(values: Values, count: number, week: string): WeekRow {
  const { actor, recipientAccountId, outcome } = activityRow(values, { count, first: '', last: '' });
  return { actor, recipientAccountId, week, outcome, count };
}
