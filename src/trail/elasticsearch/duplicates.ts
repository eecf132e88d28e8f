import { addCounts, Aggregator, compareText } from '../aggregate.js';
import { PeopleAggregator } from '../people.js';
import { mondayOf } from '../time.js';
import type { ActivityRow, KeyActivity, PersonRow, WeekRow } from '../types.js';
import { QueryFailed } from './failures.js';
import { hits, type Hit } from './hits.js';
import type { IndexReader } from './index-reader.js';
import type { FieldName } from './layouts.js';
import {
  activityRow,
  isInScope,
  isRoleSession,
  keyActivity,
  personRow,
  recordedIn,
  RECORD_FIELDS,
  SESSION_KEY,
  SOURCE_IDENTITY,
} from './rows.js';
import { hasValue, scopeQuery, type Scope } from './scopes.js';
import type { Window } from './windows.js';

/** Above any number of documents in a window, so that no shard leaves out an id that another shard has. */
const TERMS_SIZE = 65_000;
const IDS_PER_QUERY = 10_000;

/** What to take off the counts, because several trails recorded the same event. */
export interface Extras {
  /** Counts below zero. */
  readonly activity: readonly ActivityRow[];
  /** Counts below zero. */
  readonly people: readonly PersonRow[];
  /** Counts below zero. */
  readonly weeks: readonly WeekRow[];
  /** By session key; counts below zero. */
  readonly calls: ReadonlyMap<string, readonly KeyActivity[]>;
  readonly byAccount: ReadonlyMap<string, number>;
}

/** Two documents are the same event when all of these agree; ids alone are reused by redacted and example data. */
export function identityOf(hit: Hit): string | null {
  const { values, time } = hit;
  if (values.eventID === undefined || values.eventID === null) return null;
  return JSON.stringify([values.eventID, time, values.eventSource, values.eventName, recordedIn(values)]);
}

/** Looks for events that the index holds more than once: everywhere, or in a sample first where there are very many. */
export async function findExtras(reader: IndexReader): Promise<Extras> {
  const found = new ExtrasBuilder();
  if (!reader.table.fields.has('eventID')) return found;
  const { tuning } = reader.searcher;
  const tasks: { scope: Scope; window: Window }[] = [];
  await Promise.all(
    reader.scopes.map((scope) =>
      reader.guard(scope, 'looking for duplicates', async () => {
        const windows = await reader.windows(scope, tuning.duplicateWindowDocuments);
        tasks.push(...windows.map((window) => ({ scope, window })));
      }),
    ),
  );
  const total = tasks.reduce((sum, { window }) => sum + window.documents, 0);
  const check = async (chosen: typeof tasks): Promise<void> => {
    await Promise.all(
      chosen.map(({ scope, window }) =>
        reader.guard(scope, 'looking for duplicates', () => checkWindow(reader, scope, window, found)),
      ),
    );
  };
  const isSampled = total > tuning.exactDuplicatesUpTo;
  const step = isSampled ? Math.max(1, Math.floor(tasks.length / tuning.sampleWindows)) : 1;
  const sample = tasks.filter((_, index) => index % step === 0);
  const rest = tasks.filter((_, index) => index % step !== 0);
  await check(sample);
  const goOn = found.records > 0;
  if (goOn) await check(rest);
  reader.count('duplicateRecords', found.records);
  reader.count('duplicateWindows', tasks.length);
  reader.count('duplicateWindowsChecked', goOn ? tasks.length : sample.length);
  return found;
}

async function checkWindow(
  reader: IndexReader,
  scope: Scope,
  window: Window,
  found: ExtrasBuilder,
): Promise<void> {
  const { searcher, table } = reader;
  const ids = await repeatedIds(reader, scope, window);
  const fields: FieldName[] = [...RECORD_FIELDS, 'eventID', SESSION_KEY, SOURCE_IDENTITY];
  const seen = new Map<string, number>();
  const extras: Hit[] = [];
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const filter = [hasValue(table, 'eventID', ids.slice(at, at + IDS_PER_QUERY))];
    for await (const hit of hits(searcher, table, scopeQuery(table, scope, window, { filter }), fields)) {
      const identity = identityOf(hit);
      if (identity === null || !isInScope(hit.values, reader.accountIds)) continue;
      const before = seen.get(identity) ?? 0;
      seen.set(identity, before + 1);
      if (before > 0) extras.push(hit);
    }
  }
  // Only when the whole window was read: half a subtraction would be worse than none.
  for (const hit of extras) found.add(hit);
}

/** Ids in more than one document. A window too full for one answer is asked for in parts of its ids. */
async function repeatedIds(reader: IndexReader, scope: Scope, window: Window): Promise<string[]> {
  const field = reader.table.fields.get('eventID');
  if (field === undefined) return [];
  const parts = Math.ceil(window.documents / reader.searcher.tuning.duplicateWindowDocuments);
  const ids: string[] = [];
  for (let part = 0; part < parts; part += 1) {
    const response = await reader.searcher.search<{
      ids: { sum_other_doc_count: number; buckets: { key: string }[] };
    }>({
      query: scopeQuery(reader.table, scope, window),
      aggs: {
        ids: {
          terms: {
            field: field.exact,
            min_doc_count: 2,
            size: TERMS_SIZE,
            shard_size: TERMS_SIZE,
            ...(parts === 1 ? {} : { include: { partition: part, num_partitions: parts } }),
          },
        },
      },
    });
    if (response.aggregations === undefined) throw new QueryFailed('an answer held no aggregations');
    ids.push(...response.aggregations.ids.buckets.map(({ key }) => key));
  }
  return ids.sort(compareText);
}

class ExtrasBuilder implements Extras {
  records = 0;
  readonly weeks: WeekRow[] = [];
  readonly calls = new Map<string, KeyActivity[]>();
  readonly byAccount = new Map<string, number>();
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
    this.weeks.push({ actor, recipientAccountId, outcome, week: mondayOf(hit.time), count: -1 });
    this.byAccount.set(row.recipientAccountId, (this.byAccount.get(row.recipientAccountId) ?? 0) + 1);
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
