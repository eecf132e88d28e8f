import type { Period } from '../../period.js';
import { addCounts, Aggregator } from '../aggregate.js';
import { PeopleAggregator, personRow } from '../people.js';
import { ResourceCollector } from '../resources/set.js';
import { emptyDays, mondayOfWeek, weekNumber } from '../time.js';
import type {
  AccountCoverage,
  ActivityRow,
  KeyActivity,
  PersonRow,
  ResourceRow,
  SessionStart,
  WeekRow,
} from '../types.js';
import { WeekAggregator } from '../weeks.js';
import type { FileDigest } from './digest.js';

interface AccountSeen {
  events: number;
  first: string;
  last: string;
  readonly days: Set<string>;
  readonly dataEventSources: Set<string>;
}

/**
 * Merges the digests of files, in any order, to the same result. Memory grows with the number of different calls and
 * sessions, and by about 40 bytes an event for the recognition of duplicates across files.
 */
export class Collector {
  readonly starts: SessionStart[] = [];
  // A Set of V8 holds 16.7 million entries, so the hashes are spread over several.
  readonly #seen = Array.from({ length: 128 }, () => new Set<number>());
  readonly #activity = new Aggregator();
  readonly #people = new PeopleAggregator();
  readonly #resources = new ResourceCollector();
  readonly #weeks = new WeekAggregator();
  readonly #keyActivity = new Map<string, KeyActivity>();
  readonly #accounts = new Map<string, AccountSeen>();
  readonly #counts = new Map<string, number>();
  events = 0;

  get malformed(): number {
    return this.#counts.get('malformedRecords') ?? 0;
  }

  add(digest: FileDigest): void {
    for (const [name, value] of Object.entries(digest.counts)) this.#count(name, value);
    const fresh = this.#freshEvents(digest);
    for (const { event, start } of digest.starts) if (fresh[event] === 1) this.starts.push(start);
    const totals = digest.groups.map(() => ({
      count: 0,
      first: Infinity,
      last: -Infinity,
      weeks: new Map<number, number>(),
    }));
    for (let event = 0; event < digest.group.length; event += 1) {
      const total = totals[digest.group[event] ?? -1];
      const group = digest.groups[digest.group[event] ?? -1];
      const time = digest.time[event];
      if (fresh[event] !== 1 || total === undefined || group === undefined || time === undefined) continue;
      total.count += 1;
      if (time < total.first) total.first = time;
      if (time > total.last) total.last = time;
      if (group.lookback) continue;
      const week = weekNumber(time);
      total.weeks.set(week, (total.weeks.get(week) ?? 0) + 1);
      this.#cover(group.activity.recipientAccountId, time);
    }
    for (const [index, group] of digest.groups.entries()) {
      const total = totals[index];
      const resources = digest.resources[index] ?? null;
      if (resources !== null) this.#resources.add(group.activity, resources);
      if (total === undefined || total.count === 0 || group.lookback) continue;
      const times = { count: total.count, first: iso(total.first), last: iso(total.last) };
      this.events += total.count;
      const row: ActivityRow = { ...group.activity, ...times };
      this.#activity.add(row);
      const { actor, recipientAccountId, outcome } = row;
      for (const [week, count] of total.weeks)
        this.#weeks.add({ actor, recipientAccountId, outcome, week: mondayOfWeek(week), count });
      if (group.dataEvent) this.#accounts.get(row.recipientAccountId)?.dataEventSources.add(row.eventSource);
      if (group.session !== null) this.#addKeyActivity({ ...group.session, ...times });
      if (group.person !== null) this.#people.add(personRow(row, group.person));
    }
  }

  activity(): ActivityRow[] {
    return this.#activity.rows();
  }

  people(): PersonRow[] {
    return this.#people.rows();
  }

  resources(): ResourceRow[] {
    return this.#resources.rows();
  }

  weeks(): WeekRow[] {
    return this.#weeks.rows();
  }

  keyActivity(): Iterable<KeyActivity> {
    return this.#keyActivity.values();
  }

  counts(): Record<string, number> {
    return Object.fromEntries([...this.#counts, ['events', this.events]]);
  }

  coverage(accountIds: readonly string[], period: Period): AccountCoverage[] {
    return accountIds.toSorted().map((accountId) => {
      const seen = this.#accounts.get(accountId);
      return {
        accountId,
        events: seen?.events ?? 0,
        first: seen?.first ?? null,
        last: seen?.last ?? null,
        emptyDays: emptyDays(period, seen?.days ?? new Set()),
        dataEventSources: [...(seen?.dataEventSources ?? [])].sort(),
      };
    });
  }

  /** 1 for each event that no file brought before. */
  #freshEvents(digest: FileDigest): Uint8Array {
    const fresh = new Uint8Array(digest.group.length);
    for (let event = 0; event < fresh.length; event += 1) {
      const identity = digest.identity[event] ?? 0;
      const seen = this.#seen[identity % this.#seen.length];
      if (identity !== 0 && seen?.has(identity) === true) {
        this.#count('duplicateRecords', 1);
        continue;
      }
      seen?.add(identity);
      fresh[event] = 1;
    }
    return fresh;
  }

  #addKeyActivity(call: KeyActivity): void {
    const key = [call.sessionKey, call.eventSource, call.eventName, call.apiCall, call.outcome].join('\n');
    const before = this.#keyActivity.get(key);
    this.#keyActivity.set(key, before === undefined ? call : addCounts(before, call));
  }

  #cover(accountId: string, time: number): void {
    const when = iso(time);
    let seen = this.#accounts.get(accountId);
    if (seen === undefined) {
      seen = { events: 0, first: when, last: when, days: new Set(), dataEventSources: new Set() };
      this.#accounts.set(accountId, seen);
    }
    seen.events += 1;
    if (when < seen.first) seen.first = when;
    if (when > seen.last) seen.last = when;
    seen.days.add(when.slice(0, 10));
  }

  #count(name: string, value: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + value);
  }
}

const iso = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
