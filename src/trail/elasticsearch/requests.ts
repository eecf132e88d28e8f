import { valueAt } from '../../base/checked.js';
import { append, increment } from '../../base/maps.js';
import {
  createCallPlans,
  type CallPlan,
  type FindCallPlan,
  type RequestPlan,
} from '../../base/requests/plan.js';
import { RequestCollector } from '../request-collector.js';
import { planId } from '../stored-requests.js';
import type { ActivityRow, RequestRow } from '../types.js';
import type { AskedCalls } from './asked-calls.js';
import { withPrefix, type FieldTable } from './fields.js';
import type { IndexReader } from './index-reader.js';
import { LAYOUTS } from './layouts.js';
import type { Part } from './merge-groups.js';
import {
  anyOf,
  hasValue,
  isNetworkActivity,
  isNoApiCall,
  NO_ACCOUNT,
  recordsQuery,
  type Query,
} from './partitions.js';
import { readDocuments } from './request-documents.js';
import { readStored } from './request-groups.js';
import { RECORD_FIELDS } from './rows.js';
import { QUERY_WARNINGS } from '../../wording/elasticsearch-queries.js';

/** Event names by event source: those in the index. */
type Names = ReadonlyMap<string, readonly string[]>;

/**
 * Reads what the requests of calls contain. Where `ingest` stored it beside the records, records are grouped by it.
 * Elsewhere the documents of these calls are read: an index may not show that a parameter is absent, and a flattened
 * field does not show which key has a role as its value (Elasticsearch Guide: Flattened field type).
 * @param activity calls of the plan, sorted
 */
export async function readRequests(
  parts: readonly Part[],
  activity: readonly ActivityRow[],
  plan: RequestPlan,
): Promise<readonly RequestRow[]> {
  const asked = { planOf: createCallPlans(plan), rows: new RequestCollector(), id: planId(plan) };
  const left = new Map<string, number>();
  for (const { eventSource, eventName, count } of activity)
    increment(left, keyOf(eventSource, eventName), count);
  const all = namesOf(left.keys());
  for (const { reader } of parts) {
    if (!reader.table.fields.has('cloudtracker.request')) continue;
    await readStored(reader, asked, callsQuery(reader, all), ({ eventSource, eventName, count }) => {
      increment(left, keyOf(eventSource, eventName), -count);
    });
  }
  const { chosen, skipped } = choose(left, parts);
  await readAll(parts, asked, namesOf(chosen));
  if (skipped.length > 0) {
    await readShown(parts, asked, namesOf(skipped));
    warnOf(parts, skipped, left);
  }
  return asked.rows.rows(activity);
}

async function readAll(parts: readonly Part[], asked: AskedCalls, names: Names): Promise<void> {
  if (names.size === 0) return;
  for (const { reader, duplicates } of parts) {
    const query = notStored(reader, asked.id, callsQuery(reader, names));
    await readDocuments(reader, asked, query, duplicates.byAccount.size > 0);
  }
}

/** If the calls have too many documents: only those that the index shows to have a parameter of the plan. */
async function readShown(parts: readonly Part[], asked: AskedCalls, names: Names): Promise<void> {
  for (const { reader, duplicates } of parts) {
    const { table, span, searcher } = reader;
    const filter = notStored(reader, asked.id, callsQuery(reader, names, asked.planOf));
    await reader.guard(NO_ACCOUNT, 'requests', async () => {
      const { documents } = await searcher
        .of('requests')
        .search({ query: recordsQuery(table, span, { filter }) });
      if (documents <= searcher.tuning.requestDocuments)
        await readDocuments(reader, asked, filter, duplicates.byAccount.size > 0);
    });
  }
}

const keyOf = (eventSource: string, eventName: string): string => `${eventSource} ${eventName}`;

function namesOf(keys: Iterable<string>): Names {
  const names = new Map<string, string[]>();
  for (const key of keys) {
    const [source = '', name = ''] = key.split(/ (.*)/s);
    append(names, source, name);
  }
  return names;
}

/** The rarest calls first, until there are too many documents to read. */
function choose(
  left: ReadonlyMap<string, number>,
  [part]: readonly Part[],
): { readonly chosen: string[]; readonly skipped: string[] } {
  let room = part?.reader.searcher.tuning.requestDocuments ?? 0;
  const chosen: string[] = [];
  const skipped: string[] = [];
  for (const [key, count] of [...left].sort(([, a], [, b]) => a - b)) {
    if (count <= 0) continue;
    if (count > room) skipped.unshift(key);
    else {
      room -= count;
      chosen.push(key);
    }
  }
  return { chosen, skipped };
}

/** @param planOf only calls with a parameter of their plan */
function callsQuery({ table }: IndexReader, names: Names, planOf?: FindCallPlan): Query[] {
  const calls = [...names].flatMap(([source, its]): Query[] => {
    const ofSource = hasValue(table, 'eventSource', [source]);
    if (planOf === undefined) return [{ bool: { filter: [ofSource, hasValue(table, 'eventName', its)] } }];
    return its.map((name) => ({
      bool: {
        filter: [ofSource, hasValue(table, 'eventName', [name]), hasParameter(table, planOf(source, name))],
      },
    }));
  });
  return [anyOf(...calls), { bool: { must_not: [isNoApiCall(table), isNetworkActivity(table)] } }];
}

/** Keys of flattened fields and paths of objects. Other spellings, and maps with free keys, are not found. */
function hasParameter({ layout, prefix }: FieldTable, plan: CallPlan | null): Query {
  const parameters = withPrefix(prefix, LAYOUTS[layout].parameters);
  const keys = (plan?.paths ?? []).flatMap(({ leafKeys }) => leafKeys);
  const fields = new Set(keys.map((key) => `${parameters}.${key.replace(/\.\*$/, '')}`));
  return anyOf(...[...fields].map((field) => ({ exists: { field } })));
}

/** Records whose requests are not stored for this plan. */
function notStored(reader: IndexReader, id: string, calls: readonly Query[]): Query[] {
  const stored = hasValue(reader.table, 'cloudtracker.plan', [id]);
  return [...calls, anyOf({ bool: { must_not: [stored] } }, reader.isReadSingly(RECORD_FIELDS))];
}

function warnOf(
  [part]: readonly Part[],
  skipped: readonly string[],
  left: ReadonlyMap<string, number>,
): void {
  const events = skipped.reduce((sum, key) => sum + valueAt(left, key), 0);
  part?.reader.warnings.add(QUERY_WARNINGS.requests(events, skipped));
}
