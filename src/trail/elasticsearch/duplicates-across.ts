import { groups } from './composite.js';
import {
  COPY_FIELDS,
  DuplicateCounter,
  eventFingerprint,
  IDS_PER_QUERY,
  type DuplicateCounts,
} from './duplicates.js';
import { foldHits, type Hit } from './hits.js';
import type { IndexReader } from './index-reader.js';
import { isInScope } from './rows.js';
import { hasValue, recordsQuery, partitionQuery, type Query, type IndexPartition } from './partitions.js';
import type { DayCount, Window } from './windows.js';
import { QUERY_WARNINGS } from '../../wording/elasticsearch-queries.js';

/**
 * Finds events in two groups of indices, for example while logs move from one to the other, to subtract them from
 * the first. Searches the days that both have, unless these have too many documents.
 */
export async function findShared(
  reader: IndexReader,
  others: readonly IndexReader[],
): Promise<DuplicateCounts> {
  const found = new DuplicateCounter();
  // An event in three groups is subtracted once from the first and once from the second.
  const taken = new Set<string>();
  const take = (identity: string, hit: Hit): void => {
    if (taken.has(identity)) return;
    taken.add(identity);
    found.add(hit);
  };
  for (const other of others) {
    const tasks = await tasksOf(reader, other);
    const events = tasks.reduce((sum, { window }) => sum + window.documents, 0);
    if (events === 0) continue;
    const { exactDuplicatesUpTo } = reader.searcher.tuning;
    const canTell = [reader, other].every(({ table }) => table.fields.has('eventID'));
    if (!canTell || events > exactDuplicatesUpTo) {
      reader.warnings.add(QUERY_WARNINGS.sharedDays(events));
      continue;
    }
    await Promise.all(
      tasks.map(({ partition, window }) =>
        reader.guardInTurn(partition, 'sharedEvents', () =>
          checkWindow({ reader, other, partition, window }, take),
        ),
      ),
    );
  }
  reader.count('duplicateRecords', found.records);
  return found;
}

interface Task {
  readonly partition: IndexPartition;
  readonly window: Window;
}

/** Windows of the first group on days on which the other has documents. */
async function tasksOf(reader: IndexReader, other: IndexReader): Promise<Task[]> {
  const days = new Set<number>();
  await Promise.all(
    other.partitions.map((partition) =>
      other.guard(partition, 'sharedEvents', async () => {
        for (const { key } of await other.days(partition)) days.add(key);
      }),
    ),
  );
  const tasks: Task[] = [];
  const most = reader.searcher.tuning.duplicateWindowDocuments;
  await Promise.all(
    reader.partitions.map((partition) =>
      reader.guardInTurn(partition, 'sharedEvents', async () => {
        const shared: DayCount[] = (await reader.days(partition)).filter(({ key }) => days.has(key));
        for (const window of await reader.windowsWhere(partition, [], shared, most))
          tasks.push({ partition, window });
      }),
    ),
  );
  return tasks;
}

async function checkWindow(
  { reader, other, partition, window }: Task & { readonly reader: IndexReader; readonly other: IndexReader },
  take: (identity: string, hit: Hit) => void,
): Promise<void> {
  const ids: string[] = [];
  const query = partitionQuery(reader.table, partition, window);
  const searcher = reader.searcher.of('ids');
  await groups(searcher, reader.table, query, ['eventID'], { firstAndLast: false }, ({ values }) => {
    if (values.eventID !== undefined && values.eventID !== null) ids.push(values.eventID);
  });
  const shared: [string, Hit][] = [];
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const part = ids.slice(at, at + IDS_PER_QUERY);
    const filter = [hasValue(other.table, 'eventID', part)];
    const theirs = await eventsOf(other, recordsQuery(other.table, window, { filter }));
    if (theirs.size === 0) continue;
    const sharedIds = [...theirs.values()].flatMap(({ values }) => values.eventID ?? []);
    const ours = await eventsOf(
      reader,
      partitionQuery(reader.table, partition, window, {
        filter: [hasValue(reader.table, 'eventID', sharedIds)],
      }),
    );
    for (const [identity, hit] of ours) if (theirs.has(identity)) shared.push([identity, hit]);
  }
  // Only after the whole window was read: subtracting half would be worse than nothing.
  for (const [identity, hit] of shared) take(identity, hit);
}

/** One document of each event in scope, by fingerprint. */
function eventsOf(reader: IndexReader, query: Query): Promise<Map<string, Hit>> {
  return foldHits(
    reader.searcher.of('copies'),
    reader.table,
    { query, fields: COPY_FIELDS },
    () => new Map<string, Hit>(),
    (events, hit) => {
      const identity = eventFingerprint(hit);
      if (identity !== null && isInScope(hit.values, reader.accountIds)) events.set(identity, hit);
    },
  );
}
