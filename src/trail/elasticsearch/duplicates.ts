import { valueAt } from '../../base/checked.js';
import { getOrInsertComputed, increment } from '../../base/maps.js';
import { compareText } from '../../base/compare.js';
import { addCounts, Aggregator } from '../aggregate.js';
import { PeopleAggregator } from '../people.js';
import { mondayOf } from '../../base/time.js';
import type { ActivityRow, KeyActivity, PersonRow, WeekRow } from '../types.js';
import { TooManyBucketsError } from './failures.js';
import { foldHits, type Hit } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName } from './layouts.js';
import {
  accountIn,
  activityRow,
  isCopy,
  isInScope,
  isRoleSession,
  keyActivity,
  personRow,
  SESSION_KEY,
  SINGLE_FIELDS,
  SOURCE_IDENTITY,
} from './rows.js';
import { hasValue, partitionQuery, type IndexPartition } from './partitions.js';
import type { TermKey } from './search-answer.js';
import type { Window } from './windows.js';
import { QUERY_WARNINGS } from '../../wording/elasticsearch-queries.js';

/** Above any number of documents in a window, so that no shard leaves out an ID. */
const TERMS_SIZE = 65_000;
export const IDS_PER_QUERY = 10_000;
/** The event that an addendum corrects (CloudTrail User Guide: CloudTrail record contents, addendum). */
export const ORIGINAL_ID = 'addendum.originalEventID';
/** Fields of a document that is subtracted. */
export const COPY_FIELDS: readonly FieldName[] = [
  ...SINGLE_FIELDS,
  'awsRegion',
  'eventID',
  ORIGINAL_ID,
  SESSION_KEY,
  SOURCE_IDENTITY,
];

/** What to subtract because several trails recorded the same event. */
export interface DuplicateCounts {
  /** Negative counts. */
  readonly activity: readonly ActivityRow[];
  /** Negative counts. */
  readonly people: readonly PersonRow[];
  /** Negative counts. */
  readonly weeks: readonly WeekRow[];
  /** By session key; negative counts. */
  readonly calls: ReadonlyMap<string, readonly KeyActivity[]>;
  readonly byAccount: ReadonlyMap<string, number>;
  /** By account and Region. */
  readonly byRegion: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Two documents are the same event if all of these are equal; redacted and example data reuse IDs. */
export const eventFingerprint = (hit: Hit): string | null =>
  fingerprintWithId(hit, hit.values[ORIGINAL_ID] ?? hit.values.eventID);

export function fingerprintWithId({ values, time }: Hit, id: string | null | undefined): string | null {
  if (id === undefined || id === null) return null;
  return JSON.stringify([id, time, values.eventSource, values.eventName, accountIn(values)]);
}

interface Task {
  readonly partition: IndexPartition;
  readonly window: Window;
}

/**
 * Searches for duplicate events: everywhere, or first in a sample of a large index. If the sample has none, or so
 * many that reading them all is too expensive, counts stay as recorded, and a warning gives their share in the
 * sample. No status depends on duplicates, because they agree in caller, action, time and outcome.
 */
export async function findDuplicates(reader: IndexReader): Promise<DuplicateCounter> {
  if (!reader.table.fields.has('eventID')) return new DuplicateCounter();
  const { exactDuplicatesUpTo, sampleWindows, mostDuplicates } = reader.searcher.tuning;
  const tasks = await tasksOf(reader);
  const total = documentsOf(tasks);
  const step = total > exactDuplicatesUpTo ? Math.max(1, Math.floor(tasks.length / sampleWindows)) : 1;
  const sample = tasks.filter((_, index) => index % step === 0);
  const rest = tasks.filter((_, index) => index % step !== 0);
  const found = new DuplicateCounter();
  await check(reader, sample, found);
  reader.count('duplicateWindows', tasks.length);
  const share = found.records / Math.max(1, documentsOf(sample));
  const isExact = rest.length === 0 || (found.records > 0 && share * total <= mostDuplicates);
  if (isExact) await check(reader, rest, found);
  reader.count('duplicateWindowsChecked', isExact ? tasks.length : sample.length);
  reader.count('duplicateRecords', found.records);
  if (isExact) return found;
  reader.warnings.add(QUERY_WARNINGS.duplicates(share, documentsOf(sample), total));
  return new DuplicateCounter();
}

const documentsOf = (tasks: readonly Task[]): number =>
  tasks.reduce((sum, { window }) => sum + window.documents, 0);

/** Windows of all parts of the index, in a fixed order. */
async function tasksOf(reader: IndexReader): Promise<Task[]> {
  const tasks = reader.partitions.map((): Task[] => []);
  await Promise.all(
    reader.partitions.map((partition, index) =>
      reader.guardInTurn(partition, 'duplicates', async () => {
        const windows = await reader.windows(partition, reader.searcher.tuning.duplicateWindowDocuments);
        tasks[index] = windows.map((window) => ({ partition, window }));
      }),
    ),
  );
  return tasks.flat();
}

async function check(reader: IndexReader, tasks: readonly Task[], found: DuplicateCounter): Promise<void> {
  await Promise.all(
    tasks.map(({ partition, window }) =>
      reader.guardInTurn(partition, 'duplicates', () => checkWindow(reader, partition, window, found)),
    ),
  );
}

async function checkWindow(
  reader: IndexReader,
  partition: IndexPartition,
  window: Window,
  found: DuplicateCounter,
): Promise<void> {
  const { table } = reader;
  const ids = await repeatedIds(reader, partition, window);
  const duplicates: Hit[] = [];
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const filter = [hasValue(table, 'eventID', ids.slice(at, at + IDS_PER_QUERY))];
    const { copies } = await foldHits(
      reader.ask(partition, 'copies'),
      table,
      { query: partitionQuery(table, partition, window, { filter }), fields: COPY_FIELDS },
      () => ({ seen: new Set<string>(), copies: new Array<Hit>() }),
      ({ seen, copies }, hit) => {
        const identity = eventFingerprint(hit);
        if (identity === null || !isInScope(hit.values, reader.accountIds)) return;
        if (seen.has(identity)) copies.push(hit);
        seen.add(identity);
      },
    );
    for (const hit of copies) duplicates.push(hit);
  }
  // Only after the whole window was read: subtracting half would be worse than nothing.
  for (const hit of duplicates) found.add(hit);
}

/**
 * IDs in more than one document. If a window is too full for one answer, its IDs are queried in parts; in more
 * parts if the server allows fewer buckets.
 */
async function repeatedIds(
  reader: IndexReader,
  partition: IndexPartition,
  window: Window,
): Promise<string[]> {
  const most = reader.searcher.tuning.duplicateWindowDocuments;
  let parts = Math.ceil(window.documents / most);
  for (;;) {
    try {
      const ids: string[] = [];
      for (let part = 0; part < parts; part += 1)
        ids.push(...(await idsOfPart(reader, partition, window, part, parts)));
      return ids.sort(compareText);
    } catch (error) {
      if (!(error instanceof TooManyBucketsError) || parts > window.documents) throw error;
      parts *= 2;
    }
  }
}

async function idsOfPart(
  reader: IndexReader,
  partition: IndexPartition,
  window: Window,
  part: number,
  parts: number,
): Promise<string[]> {
  const { aggregations } = await reader
    .ask(partition, 'duplicates')
    .search<{ ids: { buckets: IdBucket[] } }>({
      query: partitionQuery(reader.table, partition, window),
      aggs: {
        ids: {
          terms: {
            field: valueAt(reader.table.fields, 'eventID').exact,
            min_doc_count: 2,
            size: TERMS_SIZE,
            shard_size: TERMS_SIZE,
            ...(parts === 1 ? {} : { include: { partition: part, num_partitions: parts } }),
          },
        },
      },
    });
  return aggregations.ids.buckets.map(({ key }) => String(key));
}

interface IdBucket {
  readonly key: TermKey;
}

export class DuplicateCounter implements DuplicateCounts {
  records = 0;
  readonly weeks: WeekRow[] = [];
  readonly calls = new Map<string, KeyActivity[]>();
  readonly byAccount = new Map<string, number>();
  readonly byRegion = new Map<string, Map<string, number>>();
  readonly #rows = new Aggregator();
  readonly #people = new PeopleAggregator();

  get activity(): readonly ActivityRow[] {
    return this.#rows.rows();
  }

  get people(): readonly PersonRow[] {
    return this.#people.rows();
  }

  add(hit: Hit): void {
    const counted = { count: -1, first: hit.time, last: hit.time };
    const row = activityRow(hit.values, counted);
    this.records += 1;
    this.#rows.add(row);
    const { actor, recipientAccountId, outcome } = row;
    increment(this.byAccount, recipientAccountId);
    const { awsRegion } = hit.values;
    if (awsRegion != null)
      increment(
        getOrInsertComputed(this.byRegion, recipientAccountId, () => new Map<string, number>()),
        awsRegion,
      );
    if (isCopy(hit.values)) return;
    this.weeks.push({ actor, recipientAccountId, outcome, week: mondayOf(hit.time), count: -1 });
    const person = personRow(hit.values, counted);
    if (person !== null) this.#people.add(person);
    if (!isRoleSession(hit.values)) return;
    const call = keyActivity(hit.values, counted);
    const calls = this.calls.get(call.sessionKey) ?? [];
    const same = calls.findIndex(
      (other) =>
        other.eventSource === call.eventSource &&
        other.eventName === call.eventName &&
        other.apiCall === call.apiCall &&
        other.outcome === call.outcome,
    );
    const before = calls[same];
    if (before === undefined) calls.push(call);
    else calls[same] = addCounts(before, call);
    this.calls.set(call.sessionKey, calls);
  }
}
