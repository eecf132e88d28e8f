import { Aggregator } from '../aggregate.js';
import type { ActivityRow } from '../types.js';
import type { DuplicateCounts } from './duplicates.js';
import { foldHits } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName } from './layouts.js';
import {
  activityRow,
  isInScope,
  ISSUED_FIELDS,
  ISSUER,
  OTHER_FIELDS,
  RECORD_FIELDS,
  SINGLE_FIELDS,
} from './rows.js';
import { exists, partitionQuery, type Query, type IndexPartition, type Span } from './partitions.js';
import { groupsIn } from './slices.js';
import type { Window } from './windows.js';
import { queryProgress } from '../../wording/elasticsearch-queries.js';

/** All calls in the period by actor, sorted: groups of the index without duplicates. */
export async function readActivity(reader: IndexReader, duplicates: DuplicateCounts): Promise<ActivityRow[]> {
  const rows = new Aggregator();
  let done = 0;
  await Promise.all(
    reader.partitions.map(async (partition) => {
      await readPartition(reader, partition, rows);
      done += 1;
      reader.request.onProgress?.(queryProgress('activity', done, reader.partitions.length));
    }),
  );
  for (const row of duplicates.activity) rows.add(row);
  return rows.counted();
}

/** Each query is guarded separately, so that the results of the others count and none keeps running. */
async function readPartition(
  reader: IndexReader,
  partition: IndexPartition,
  rows: Aggregator,
): Promise<void> {
  const { table, searcher } = reader;
  let read = 0;
  const add = (documents: number): void => void (read += documents);
  const inTurn = (work: () => Promise<void>): Promise<boolean> =>
    reader.guardInTurn(partition, 'activity', work);
  const windows: Window[] = [];
  await inTurn(async () => {
    windows.push(...(await reader.windows(partition, searcher.tuning.sliceDocuments)));
  });
  if (windows.length === 0) return;
  const issued = exists(table, ISSUER);
  const single = reader.isReadSingly(RECORD_FIELDS);
  const issuedIn = (span: Span): Query =>
    partitionQuery(table, partition, span, { filter: issued, mustNot: [single] });
  const othersIn = (span: Span): Query =>
    partitionQuery(table, partition, span, { mustNot: [...issued, single] });
  const answered = await Promise.all([
    ...windows.flatMap((window) => [
      inTurn(() => readGroups(reader, rows, partition, window, issuedIn, ISSUED_FIELDS).then(add)),
      inTurn(() => readGroups(reader, rows, partition, window, othersIn, OTHER_FIELDS).then(add)),
    ]),
    inTurn(() => {
      const query = partitionQuery(table, partition, reader.span, { filter: [single] });
      return readSingly(reader, rows, partition, query).then(add);
    }),
  ]);
  if (answered.every(Boolean)) await inTurn(() => reader.checkRead(partition, read));
}

/** @returns number of documents, like `readGroups` */
async function readSingly(
  reader: IndexReader,
  rows: Aggregator,
  partition: IndexPartition,
  query: Query,
): Promise<number> {
  const searcher = reader.ask(partition, 'activity');
  const records = await foldHits(
    searcher,
    reader.table,
    { query, fields: SINGLE_FIELDS },
    () => ({ count: 0, rows: new Aggregator() }),
    (found, { values, time }) => {
      found.count += 1;
      if (!isInScope(values, reader.accountIds)) return;
      found.rows.add(activityRow(values, { count: 1, first: time, last: time }));
    },
  );
  reader.count('recordsReadSingly', records.count);
  for (const row of records.rows.rows()) rows.add(row);
  return records.count;
}

async function readGroups(
  reader: IndexReader,
  rows: Aggregator,
  partition: IndexPartition,
  window: Window,
  queryOf: (span: Span) => Query,
  by: readonly FieldName[],
): Promise<number> {
  return groupsIn(reader.ask(partition, 'activity'), reader.table, window, queryOf, by, {}, (group) => {
    reader.count('groups', 1);
    if (isInScope(group.values, reader.accountIds)) rows.add(activityRow(group.values, group));
  });
}
