import { countOf } from '../../base/maps.js';
import { compareBy } from '../../base/compare.js';
import { increment } from '../../base/maps.js';
import { emptyDays } from '../../base/time.js';
import { regionsOf } from '../account-events.js';
import type { AccountCoverage } from '../types.js';
import { groups, type Group } from './composite.js';
import type { DuplicateCounts } from './duplicates.js';
import { QueryFailedError } from './failures.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName } from './layouts.js';
import { activityRow, isInScope, ISSUER, OTHER_FIELDS } from './rows.js';
import {
  exists,
  hasValue,
  isDataEvent,
  recordsQuery,
  partitionQuery,
  type IndexPartition,
} from './partitions.js';
import { BAD_ANSWERS, INCOMPLETE_ANSWERS, QUERY_WARNINGS } from '../../wording/elasticsearch-queries.js';

interface Seen {
  events: number;
  first: string | null;
  last: string | null;
  readonly days: Set<string>;
  readonly dataEventSources: Set<string>;
  readonly regions: Map<string, number>;
}

/** What the index has of each account in the period, sorted by account. */
export async function readCoverage(
  reader: IndexReader,
  duplicates: DuplicateCounts,
): Promise<AccountCoverage[]> {
  const accounts = new Map<string, Seen>();
  for (const accountId of reader.accountIds) {
    accounts.set(accountId, {
      events: 0,
      first: null,
      last: null,
      days: new Set(),
      dataEventSources: new Set(),
      regions: new Map(),
    });
  }
  const [others, ...answered] = await Promise.all([
    countOthers(reader),
    ...reader.partitions.map((partition) =>
      reader.guard(partition, 'coverage', () => readPartition(reader, partition, accounts)),
    ),
  ]);
  if (others !== null && answered.every(Boolean)) await checkAllParts(reader, others);
  return [...accounts].sort(compareBy(([key]) => key)).map(([accountId, seen]) => ({
    accountId,
    // Negative only if the count itself failed.
    events: Math.max(0, seen.events - countOf(duplicates.byAccount, accountId)),
    first: seen.first,
    last: seen.last,
    emptyDays: emptyDays(reader.period, seen.days),
    dataEventSources: [...seen.dataEventSources].sort(),
    regions: regionsOf(withoutCopies(seen.regions, duplicates.byRegion.get(accountId))),
  }));
}

/** Negative only if the count itself failed. */
function withoutCopies(
  regions: ReadonlyMap<string, number>,
  copies: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, number> {
  return new Map([...regions].map(([region, events]) => [region, events - (copies.get(region) ?? 0)]));
}

async function readPartition(
  reader: IndexReader,
  partition: IndexPartition,
  accounts: ReadonlyMap<string, Seen>,
): Promise<void> {
  if ((await reader.days(partition)).length === 0) return;
  const { table, span } = reader;
  const searcher = reader.ask(partition, 'coverage');
  // Records without recipientAccountId belong to the account of their caller, which only its identity shows.
  const by: readonly FieldName[] =
    partition.accountIds === null ? [...OTHER_FIELDS, ISSUER] : ['recipientAccountId'];
  const seenOf = (group: Group): Seen | undefined =>
    isInScope(group.values, reader.accountIds)
      ? accounts.get(activityRow(group.values, group).recipientAccountId)
      : undefined;
  const query = partitionQuery(table, partition, span);
  const byRegion: readonly FieldName[] = [...by, 'awsRegion'];
  const read = await groups(searcher, table, query, byRegion, { every: 'day' }, (group) => {
    const seen = seenOf(group);
    if (seen === undefined) return;
    seen.events += group.count;
    seen.first = earlier(seen.first, group.first);
    seen.last = later(seen.last, group.last);
    if (group.began !== null) seen.days.add(group.began.slice(0, 10));
    const { awsRegion } = group.values;
    if (awsRegion != null) increment(seen.regions, awsRegion, group.count);
  });
  await checkDays(reader, partition, read);
  const dataEvents = partitionQuery(table, partition, span, { filter: [isDataEvent(table)] });
  const bySource = [...new Set<FieldName>([...by, 'eventSource'])];
  await groups(searcher, table, dataEvents, bySource, { firstAndLast: false }, (group) => {
    seenOf(group)?.dataEventSources.add(group.values.eventSource ?? '');
  });
}

/**
 * Other questions are asked by the days of a part: a missing day would look like one without use. @throws
 * QueryFailedError
 */
async function checkDays(reader: IndexReader, partition: IndexPartition, read: number): Promise<void> {
  await reader.checkRead(partition, read);
  const documents = await reader.documents(partition);
  // The numbers must be equal only within one point in time.
  if (read > documents && !reader.searcher.session.wasReopened)
    throw new QueryFailedError(BAD_ANSWERS.daysMissing(documents, read));
}

/** The parts of the index and the events out of scope must add up to the whole index. */
async function checkAllParts(reader: IndexReader, others: number): Promise<void> {
  let found = others;
  for (const partition of reader.partitions) found += await reader.documents(partition);
  const { documentsAtStart } = reader.searcher.session;
  if (found < documentsAtStart) reader.lacks(INCOMPLETE_ANSWERS.accounts(found, documentsAtStart));
}

/** Events of accounts out of scope: skipped and counted. @returns null if they could not be counted */
async function countOthers(reader: IndexReader): Promise<number | null> {
  const { table, span } = reader;
  const query = recordsQuery(table, span, {
    filter: exists(table, 'recipientAccountId'),
    mustNot: [hasValue(table, 'recipientAccountId', [...reader.accountIds])],
  });
  try {
    const { documents } = await reader.searcher.of('other accounts').search({ query });
    reader.count('recordsOtherAccounts', documents);
    return documents;
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    reader.warnings.add(QUERY_WARNINGS.otherAccountsUncounted);
    return null;
  }
}

const earlier = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b < a) ? b : a;
const later = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b > a) ? b : a;
