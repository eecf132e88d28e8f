import { StringInterner } from '../string-interner.js';
import { PeopleAggregator } from '../people.js';
import type { PersonRow } from '../types.js';
import type { Extras } from './duplicates.js';
import { foldHits } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { Values } from './layouts.js';
import { isInScope, ISSUER, PERSON_FIELDS, personRow } from './rows.js';
import {
  exists,
  hasTooLongValue,
  partitionQuery,
  type Query,
  type IndexPartition,
  type Span,
} from './partitions.js';
import { groupsIn } from './slices.js';
import type { Window } from './windows.js';

/**
 * Who stands behind the sessions of roles, sorted. The index is grouped by the name of each session, which may be new each
 * time; kept are only the labels, page after page.
 */
export async function readPeople(reader: IndexReader, extras: Extras): Promise<PersonRow[]> {
  if (!reader.table.fields.has('userIdentity.arn')) {
    reader.warnings.add('The index has no userIdentity.arn, so the people behind roles are not known.');
    return [];
  }
  const rows = new PeopleAggregator();
  const interner = new StringInterner();
  let done = 0;
  await Promise.all(
    reader.partitions.map(async (partition) => {
      await readPartition(reader, partition, interner, rows);
      done += 1;
      reader.request.onProgress?.(`people of ${done} of ${reader.partitions.length} parts of the index read`);
    }),
  );
  for (const row of extras.people) rows.add(row);
  return rows.rows().filter((row) => row.count > 0);
}

async function readPartition(
  reader: IndexReader,
  partition: IndexPartition,
  interner: StringInterner,
  rows: PeopleAggregator,
): Promise<void> {
  const { table, span } = reader;
  const searcher = reader.ask(partition, 'people');
  const inTurn = (work: () => Promise<void>): Promise<boolean> =>
    reader.guardInTurn(partition, 'reading the people behind roles', work);
  const add = (into: PeopleAggregator, values: Values, counted: Parameters<typeof personRow>[1]): void => {
    const row = isInScope(values, reader.accountIds) ? personRow(values, counted) : null;
    if (row !== null) into.add(interner.row(row));
  };
  const issued = exists(table, ISSUER);
  const tooLong = hasTooLongValue(table, PERSON_FIELDS);
  const windows: Window[] = [];
  await inTurn(async () => {
    windows.push(...(await reader.windows(partition, searcher.tuning.sliceDocuments)));
  });
  if (windows.length === 0) return;
  await Promise.all([
    ...windows.map((window) =>
      inTurn(async () => {
        const queryOf = (part: Span): Query =>
          partitionQuery(table, partition, part, { filter: issued, mustNot: [tooLong] });
        await groupsIn(searcher, table, window, queryOf, PERSON_FIELDS, {}, (group) => {
          reader.count('personGroups', 1);
          add(rows, group.values, group);
        });
      }),
    ),
    inTurn(async () => {
      const query = partitionQuery(table, partition, span, { filter: [tooLong] });
      const found = await foldHits(
        searcher,
        table,
        { query, fields: PERSON_FIELDS },
        () => new PeopleAggregator(),
        (result, { values, time }) => {
          add(result, values, { count: 1, first: time, last: time });
        },
      );
      for (const row of found.rows()) rows.add(row);
    }),
  ]);
}
