import type { RequestShape } from '../stored-requests.js';
import { fromStored } from '../stored-requests.js';
import type { ActivityRow } from '../types.js';
import type { AskedCalls } from './asked-calls.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName } from './layouts.js';
import { exists, hasValue, inAnyOf, recordsQuery, type More, type Query } from './partitions.js';
import { activityRow, isInScope, ISSUED_FIELDS, ISSUER, OTHER_FIELDS, RECORD_FIELDS } from './rows.js';
import { groupsIn } from './slices.js';

const REQUEST = 'cloudtracker.request';
const ROLES = 'cloudtracker.roles';

type Add = (row: ActivityRow, shape: RequestShape, role: string) => void;

/**
 * Groups the records by what `ingest` stored beside them, all accounts together, because these calls are few.
 * @param calls the records
 * @param take called with each group of calls
 */
export async function readStored(
  reader: IndexReader,
  asked: AskedCalls,
  calls: readonly Query[],
  take: (row: ActivityRow) => void,
): Promise<void> {
  const { table, accountIds } = reader;
  const accounts = { accountIds: [...accountIds].sort() };
  const ours = [
    ...calls,
    hasValue(table, 'cloudtracker.plan', [asked.id]),
    inAnyOf(table, accounts.accountIds),
  ];
  const single = reader.isReadSingly(RECORD_FIELDS);
  const issued = exists(table, ISSUER);
  const read = (more: More, by: readonly FieldName[], add: Add): Promise<boolean> =>
    reader.guardInTurn(accounts, 'requests', () =>
      readGroups(reader, by, add, {
        filter: [...ours, ...(more.filter ?? [])],
        mustNot: [single, ...(more.mustNot ?? [])],
      }),
    );
  const seen = { roles: false };
  const addShape: Add = (row, shape) => {
    seen.roles ||= shape.hasRoles;
    take(row);
    asked.rows.addShape(row, shape);
  };
  await Promise.all([
    read({ filter: issued }, [...ISSUED_FIELDS, REQUEST], addShape),
    read({ mustNot: issued }, [...OTHER_FIELDS, REQUEST], addShape),
  ]);
  if (!seen.roles) return;
  // Each role of a call is a group.
  const withRoles = exists(table, ROLES);
  const addRole: Add = (row, shape, role) => {
    asked.rows.addRole(row, shape, role);
  };
  await Promise.all([
    read({ filter: [...issued, ...withRoles] }, [...ISSUED_FIELDS, REQUEST, ROLES], addRole),
    read({ filter: withRoles, mustNot: issued }, [...OTHER_FIELDS, REQUEST, ROLES], addRole),
  ]);
}

async function readGroups(
  reader: IndexReader,
  by: readonly FieldName[],
  add: Add,
  more: More,
): Promise<void> {
  const { table, span, accountIds } = reader;
  const searcher = reader.searcher.of('requests');
  await groupsIn(
    searcher,
    table,
    span,
    (part) => recordsQuery(table, part, more),
    by,
    {},
    (group) => {
      const { values } = group;
      if (!isInScope(values, accountIds)) return;
      reader.count('requestGroups', 1);
      add(activityRow(values, group), fromStored(values[REQUEST] ?? ''), values[ROLES] ?? '');
    },
  );
}
