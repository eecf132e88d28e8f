import { StringInterner } from '../string-interner.js';
import { PeopleAggregator } from '../people.js';
import type { PersonRow } from '../types.js';
import type { DuplicateCounts } from './duplicates.js';
import { foldHits } from './hits.js';
import type { IndexReader } from './index-reader.js';
import { SIGN_IN_FIELDS, type FieldName, type Values } from './layouts.js';
import {
  isInScope,
  ISSUER,
  PERSON_FIELDS,
  personRow,
  unnamedArn,
  UNNAMED_PERSON_FIELDS,
  type Counted,
} from './rows.js';
import {
  anyOf,
  exists,
  hasValue,
  partitionQuery,
  type Query,
  type IndexPartition,
  type Span,
} from './partitions.js';
import { groupsIn } from './slices.js';
import type { Window } from './windows.js';
import { QUERY_WARNINGS, queryProgress } from '../../wording/elasticsearch-queries.js';

/** Redacted ARNs are all equal. */
const MOST_UNNAMED = 1000;

/**
 * People behind role sessions, sorted. The index is grouped by session name, which can be different each time; only
 * labels are retained, page by page.
 */
export async function readPeople(reader: IndexReader, duplicates: DuplicateCounts): Promise<PersonRow[]> {
  const { fields } = reader.table;
  if (!fields.has('userIdentity.arn') && !fields.has('userIdentity.principalId')) {
    reader.warnings.add(QUERY_WARNINGS.noPeople);
    return [];
  }
  const rows = new PeopleAggregator();
  const interner = new StringInterner();
  let done = 0;
  await Promise.all(
    reader.partitions.map(async (partition) => {
      await readPartition(reader, partition, interner, rows);
      done += 1;
      reader.request.onProgress?.(queryProgress('people', done, reader.partitions.length));
    }),
  );
  for (const row of duplicates.people) rows.add(row);
  return rows.rows().filter((row) => row.count > 0);
}

type Add = (into: PeopleAggregator, values: Values, counted: Counted) => void;

async function readPartition(
  reader: IndexReader,
  partition: IndexPartition,
  interner: StringInterner,
  rows: PeopleAggregator,
): Promise<void> {
  const { table } = reader;
  const searcher = reader.ask(partition, 'people');
  const inTurn = (work: () => Promise<void>): Promise<boolean> =>
    reader.guardInTurn(partition, 'people', work);
  const unnamed = new Set<string>();
  const add: Add = (into, values, counted) => {
    const row = isInScope(values, reader.accountIds) ? personRow(values, counted) : null;
    if (row !== null) into.add(interner.row(row));
    else {
      const arn = unnamedArn(values);
      if (arn !== null) unnamed.add(arn);
    }
  };
  const issued = exists(table, ISSUER);
  const named = exists(table, 'userIdentity.arn');
  const single = reader.isReadSingly([...PERSON_FIELDS, ...UNNAMED_PERSON_FIELDS]);
  const windows: Window[] = [];
  await inTurn(async () => {
    windows.push(...(await reader.windows(partition, searcher.tuning.sliceDocuments)));
  });
  if (windows.length === 0) return;
  const readGroups = (filter: readonly Query[], by: readonly FieldName[]): Promise<boolean>[] =>
    windows.map((window) =>
      inTurn(async () => {
        const queryOf = (part: Span): Query =>
          partitionQuery(table, partition, part, { filter, mustNot: [single] });
        await groupsIn(searcher, table, window, queryOf, by, {}, (group) => {
          reader.count('personGroups', 1);
          add(rows, group.values, group);
        });
      }),
    );
  await Promise.all([
    ...readGroups([...issued, ...named], PERSON_FIELDS),
    inTurn(async () => {
      for (const row of await readSingly(reader, partition, single, add)) rows.add(row);
    }),
  ]);
  if (reader.rare.unnamedSessions === 0 && unnamed.size === 0) return;
  const isOther = anyOf(
    { bool: { must_not: named } },
    hasValue(table, 'userIdentity.arn', [...unnamed].slice(0, MOST_UNNAMED)),
  );
  await Promise.all(readGroups([...issued, isOther], UNNAMED_PERSON_FIELDS));
}

/** People in records that cannot be grouped. */
async function readSingly(
  reader: IndexReader,
  partition: IndexPartition,
  single: Query,
  add: Add,
): Promise<PersonRow[]> {
  const { table, span } = reader;
  const found = await foldHits(
    reader.ask(partition, 'people'),
    table,
    {
      query: partitionQuery(table, partition, span, { filter: [single] }),
      fields: [...PERSON_FIELDS, 'userIdentity.principalId', ...SIGN_IN_FIELDS],
    },
    () => new PeopleAggregator(),
    (result, { values, time }) => {
      add(result, values, { count: 1, first: time, last: time });
    },
  );
  return found.rows();
}
