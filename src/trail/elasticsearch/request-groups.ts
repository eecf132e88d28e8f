import { fromStored } from '../stored-requests.js';
import type { ActivityRow } from '../types.js';
import type { AskedCalls } from './asked-calls.js';
import type { Group } from './composite.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName } from './layouts.js';
import {
  exists,
  hasValue,
  partitionQuery,
  type IndexPartition,
  type Query,
  type Span,
} from './partitions.js';
import { activityRow, isInScope, ISSUED_FIELDS, ISSUER, OTHER_FIELDS, RECORD_FIELDS } from './rows.js';
import { groupsIn } from './slices.js';

const REQUEST = 'cloudtracker.request';
const ROLES = 'cloudtracker.roles';

/**
 * Reads what `ingest` stored beside the records.
 * @param calls the records
 * @param take is told of the calls that were read
 */
export async function readStored(
  reader: IndexReader,
  asked: AskedCalls,
  calls: readonly Query[],
  take: (row: ActivityRow) => void,
): Promise<void> {
  const { table } = reader;
  const filter = [...calls, hasValue(table, 'cloudtracker.plan', [asked.id])];
  const mustNot = [reader.isReadSingly(RECORD_FIELDS)];
  const issued = exists(table, ISSUER);
  await Promise.all(
    reader.partitions.flatMap((partition) => {
      const read = (
        more: { readonly filter?: readonly Query[]; readonly mustNot?: readonly Query[] },
        by: readonly FieldName[],
        add: (row: ActivityRow, request: string, role: string) => void,
      ): Promise<boolean> =>
        reader.guardInTurn(partition, 'reading requests', () =>
          readGroups(reader, partition, by, add, (part) =>
            partitionQuery(table, partition, part, {
              filter: [...filter, ...(more.filter ?? [])],
              mustNot: [...mustNot, ...(more.mustNot ?? [])],
            }),
          ),
        );
      const addShape = (row: ActivityRow, request: string): void => {
        take(row);
        asked.rows.addShape(row, fromStored(request));
      };
      const addRole = (row: ActivityRow, request: string, role: string): void => {
        asked.rows.addRole(row, fromStored(request), role);
      };
      const withRoles = exists(table, ROLES);
      return [
        read({ filter: issued }, [...ISSUED_FIELDS, REQUEST], addShape),
        read({ mustNot: issued }, [...OTHER_FIELDS, REQUEST], addShape),
        // Each role of a call is a group.
        read({ filter: [...issued, ...withRoles] }, [...ISSUED_FIELDS, REQUEST, ROLES], addRole),
        read({ filter: withRoles, mustNot: issued }, [...OTHER_FIELDS, REQUEST, ROLES], addRole),
      ];
    }),
  );
}

async function readGroups(
  reader: IndexReader,
  partition: IndexPartition,
  by: readonly FieldName[],
  add: (row: ActivityRow, request: string, role: string) => void,
  queryOf: (part: Span) => Query,
): Promise<void> {
  const searcher = reader.ask(partition, 'requests');
  await groupsIn(searcher, reader.table, reader.span, queryOf, by, {}, (group: Group) => {
    const { values } = group;
    if (!isInScope(values, reader.accountIds)) return;
    reader.count('requestGroups', 1);
    add(activityRow(values, group), values[REQUEST] ?? '', values[ROLES] ?? '');
  });
}
