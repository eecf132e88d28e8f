import { getOrInsertComputed, increment } from '../../base/maps.js';
import { compareBy } from '../../base/compare.js';
import { othersOf, regionsOf } from '../account-events.js';
import { Aggregator } from '../aggregate.js';
import { PeopleAggregator } from '../people.js';
import type {
  AccountCoverage,
  ActivityRow,
  EngineName,
  OtherAccounts,
  PersonRow,
  QueryRecord,
  RegionEvents,
  TrailNotes,
  WeekRow,
} from '../types.js';
import { readActivity } from './activity.js';
import { readCoverage } from './coverage.js';
import { addAddenda } from './addenda.js';
import { findDuplicates, type DuplicateCounts } from './duplicates.js';
import { findShared } from './duplicates-across.js';
import type { IndexReader } from './index-reader.js';
import { countOtherAccounts } from './other-accounts.js';
import { readPeople } from './people.js';
import { WeekAggregator } from '../weeks.js';
import { readWeeks } from './weeks.js';

/** A group of indices, and what to subtract from its counts. */
export interface Part {
  readonly reader: IndexReader;
  readonly duplicates: DuplicateCounts;
}

/** Finds duplicates within each group, and events that a later group also has. */
export async function findAllExtras(readers: readonly IndexReader[]): Promise<Part[]> {
  const parts: Part[] = [];
  for (const [index, reader] of readers.entries()) {
    const own = await findDuplicates(reader);
    await addAddenda(reader, own);
    const others = readers.slice(index + 1);
    parts.push({
      reader,
      duplicates: others.length === 0 ? own : both(own, await findShared(reader, others)),
    });
  }
  return parts;
}

function both(a: DuplicateCounts, b: DuplicateCounts): DuplicateCounts {
  const calls = new Map(a.calls);
  for (const [key, more] of b.calls) calls.set(key, [...(calls.get(key) ?? []), ...more]);
  const byAccount = new Map(a.byAccount);
  for (const [id, count] of b.byAccount) increment(byAccount, id, count);
  const byRegion = new Map([...a.byRegion].map(([id, regions]) => [id, new Map(regions)]));
  for (const [id, regions] of b.byRegion) {
    const all = getOrInsertComputed(byRegion, id, () => new Map<string, number>());
    for (const [region, count] of regions) increment(all, region, count);
  }
  return {
    activity: [...a.activity, ...b.activity],
    people: [...a.people, ...b.people],
    weeks: [...a.weeks, ...b.weeks],
    calls,
    byAccount,
    byRegion,
  };
}

export async function coverageOf(parts: readonly Part[]): Promise<AccountCoverage[]> {
  const accounts = new Map<string, AccountCoverage>();
  for (const { reader, duplicates } of parts) {
    for (const coverage of await readCoverage(reader, duplicates)) {
      const before = accounts.get(coverage.accountId);
      accounts.set(coverage.accountId, before === undefined ? coverage : mergeCoverage(before, coverage));
    }
  }
  const merged = [...accounts.values()].sort(compareBy(({ accountId }) => accountId));
  if (merged.some(({ events }) => events === 0))
    for (const { reader } of parts) reader.others = await countOtherAccounts(reader);
  return merged;
}

/** @returns undefined if they were not counted */
function otherAccounts(readers: readonly IndexReader[]): OtherAccounts | undefined {
  const events = new Map<string, number>();
  for (const { others } of readers) {
    if (others === null) return undefined;
    for (const [accountId, count] of others) increment(events, accountId, count);
  }
  return othersOf(events);
}

function mergeCoverage(a: AccountCoverage, b: AccountCoverage): AccountCoverage {
  const times = (...all: (string | null)[]): string[] => all.filter((time) => time !== null).sort();
  const empty = new Set(b.emptyDays);
  return {
    accountId: a.accountId,
    events: a.events + b.events,
    first: times(a.first, b.first)[0] ?? null,
    last: times(a.last, b.last).at(-1) ?? null,
    emptyDays: a.emptyDays.filter((day) => empty.has(day)),
    dataEventSources: [...new Set([...a.dataEventSources, ...b.dataEventSources])].sort(),
    regions: mergeRegions([...a.regions, ...b.regions]),
  };
}

function mergeRegions(all: readonly RegionEvents[]): RegionEvents[] {
  const events = new Map<string, number>();
  for (const { region, events: count } of all) increment(events, region, count);
  return regionsOf(events);
}

interface Rows<Row> {
  add(row: Row): void;
  rows(): readonly Row[];
}

async function merged<Row>(
  parts: readonly Part[],
  rows: Rows<Row>,
  read: (reader: IndexReader, duplicates: DuplicateCounts) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  for (const { reader, duplicates } of parts) {
    const own = await read(reader, duplicates);
    if (parts.length === 1) return own;
    for (const row of own) rows.add(row);
  }
  return rows.rows();
}

export function activityOf(parts: readonly Part[]): Promise<readonly ActivityRow[]> {
  const all = new Aggregator();
  const add = (row: ActivityRow): void => {
    all.add(row);
  };
  const rows = { add, rows: () => all.counted() };
  return merged(parts, rows, readActivity);
}

export const peopleOf = (parts: readonly Part[]): Promise<readonly PersonRow[]> =>
  merged(parts, new PeopleAggregator(), readPeople);

export const weeksOf = (parts: readonly Part[]): Promise<readonly WeekRow[]> =>
  merged(parts, new WeekAggregator(), readWeeks);

export function notesOf(readers: readonly IndexReader[], warnings: readonly string[]): TrailNotes {
  const reasons = new Map<string | null, Set<string>>();
  for (const { accountId, reason } of readers.flatMap((reader) => reader.incomplete()))
    getOrInsertComputed(reasons, accountId, () => new Set()).add(reason);
  const others = otherAccounts(readers);
  return {
    engine: ELASTICSEARCH,
    // What a server did not answer, it may answer next time.
    retryable: true,
    warnings: [
      ...new Set([
        ...warnings,
        ...readers.flatMap(({ warnings: own, searcher }) => [...own, ...searcher.session.warnings]),
      ]),
    ].sort(),
    counts: sumsOf(readers.flatMap(({ counts }) => [...counts])),
    effort: sumsOf(readers.flatMap(({ searcher }) => Object.entries(searcher.session.stats))),
    incomplete: [...reasons]
      .map(([accountId, all]) => ({ accountId, reason: [...all].sort().join('; ') }))
      .sort(compareBy(({ accountId }) => accountId ?? '')),
    ...(others === undefined ? {} : { otherAccounts: others }),
    queries: { [Symbol.iterator]: () => queriesOf(readers) },
  };
}

/** Sorted: the report must not depend on the order of answers. */
function sumsOf(numbers: readonly (readonly [string, number])[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, value] of numbers) increment(sums, name, value);
  return Object.fromEntries([...sums].sort(compareBy(([key]) => key)));
}

function* queriesOf(readers: readonly IndexReader[]): Generator<QueryRecord> {
  for (const { searcher } of readers) yield* searcher.session.log;
}

export const ELASTICSEARCH: EngineName = { kind: 'elasticsearch', label: 'Elasticsearch' };
