import { withoutPath } from '../distinct-starts.js';
import type { SessionJoin, SessionPair } from '../sessions.js';
import type { KeyActivity, SessionCall } from '../types.js';
import { foldHits } from './hits.js';
import type { IndexReader } from './index-reader.js';
import { SIGN_IN_FIELDS, type FieldName, type Values } from './layouts.js';
import {
  CALL_FIELDS,
  isCopy,
  isInScope,
  isRoleSession,
  ISSUER,
  keyActivity,
  KEY_FIELDS,
  SESSION_KEY,
  sessionCall,
  type Counted,
} from './rows.js';
import { hasValue, inAnyOf, recordsQuery, type Query, type IndexPartition, type Span } from './partitions.js';
import { partsOf, planOf, type Batch } from './session-plan.js';
import { groupsIn } from './slices.js';

/**
 * Reads the calls in role sessions. All accounts are queried together: a query for so many keys takes about the
 * same for one account, and a session is identified by its key wherever its calls were recorded.
 */
export async function readCalls(reader: IndexReader, join: SessionJoin): Promise<void> {
  const { tuning } = reader.searcher;
  const { batches, others } = planOf(join.sets(), tuning);
  const apart = [...others, ...join.earlyKeys()];
  const partition = { accountIds: [...reader.accountIds].sort() };
  const inTurn = (work: () => Promise<void>): Promise<boolean> =>
    reader.guardInTurn(partition, 'sessionCalls', work);
  await Promise.all(
    batches.map((batch) =>
      inTurn(async () => {
        if (!(await readBatch(reader, partition, batch, join))) apart.push(...batch.keys);
      }),
    ),
  );
  if (batches.length === 0 && apart.length === 0) return;
  await Promise.all([
    inTurn(() => readSingly(reader, partition, join)),
    ...partsOf({ keys: apart }, tuning.keysPerQuery).map(({ keys }) =>
      inTurn(() => readApart(reader, partition, keys, join)),
    ),
  ]);
}

/**
 * Reads the calls of sessions that are identified by their roles. Every session has the role for which it was
 * started; if a record contradicts this, nothing is used.
 * @returns whether all calls belong to roles of the batch
 */
async function readBatch(
  reader: IndexReader,
  partition: IndexPartition,
  batch: Batch,
  join: SessionJoin,
): Promise<boolean> {
  const taken: (readonly [SessionPair, SessionCall])[] = [];
  let foreign = 0;
  await readGroups(reader, partition, batch.keys, [ISSUER, ...CALL_FIELDS], (values, counted) => {
    const set = batch.sets.get(withoutPath(values[ISSUER] ?? ''));
    if (isCopy(values)) return;
    if (set !== undefined) taken.push([set.pair, sessionCall(values, counted)]);
    else if (isRoleSession(values)) foreign += 1;
  });
  if (foreign > 0) return false;
  for (const [pair, call] of taken) join.addCall(pair, call);
  return true;
}

/** Reads the calls of sessions by session key. */
async function readApart(
  reader: IndexReader,
  partition: IndexPartition,
  keys: readonly string[],
  join: SessionJoin,
): Promise<void> {
  await readGroups(reader, partition, keys, [SESSION_KEY, ISSUER, ...CALL_FIELDS], (values, counted) => {
    if (isRoleSession(values) && !isCopy(values)) join.add(keyActivity(values, counted));
  });
}

async function readGroups(
  reader: IndexReader,
  partition: IndexPartition,
  keys: readonly string[],
  by: readonly FieldName[],
  take: (values: Values, counted: Counted) => void,
): Promise<void> {
  const { table, span, accountIds } = reader;
  const ours = [inAnyOf(table, [...accountIds]), hasValue(table, SESSION_KEY, keys)];
  const single = reader.isReadSingly(KEY_FIELDS);
  const queryOf = (part: Span): Query => recordsQuery(table, part, { filter: ours, mustNot: [single] });
  await groupsIn(reader.ask(partition, 'session calls'), table, span, queryOf, by, {}, (group) => {
    take(group.values, group);
  });
}

/** Reads the calls that cannot be grouped. */
async function readSingly(reader: IndexReader, partition: IndexPartition, join: SessionJoin): Promise<void> {
  const { table, span, accountIds } = reader;
  const found = await foldHits(
    reader.ask(partition, 'session calls'),
    table,
    {
      query: recordsQuery(table, span, { filter: [reader.isReadSingly(KEY_FIELDS)] }),
      fields: [...KEY_FIELDS, 'recipientAccountId', 'userIdentity.accountId', ...SIGN_IN_FIELDS],
    },
    () => new Array<KeyActivity>(),
    (result, { values, time }) => {
      if (!isRoleSession(values) || !isInScope(values, accountIds) || isCopy(values)) return;
      result.push(keyActivity(values, { count: 1, first: time, last: time }));
    },
  );
  for (const call of found) join.add(call);
}
