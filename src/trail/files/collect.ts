import type { Period } from '../../period.js';
import { emptyDays, iso } from '../time.js';
import type { AccountCoverage, SessionStart } from '../types.js';
import { KIND_WIDTH, type CallKind, type Dictionary, type FileDigest, type Start } from './dictionary.js';
import { IdentitySet } from './identity-set.js';
import { Ints } from './intern.js';
import type { Caller } from './record.js';
import { AnswerTables, recipientOf, type CallerNumbers, type CallNumbers } from './tables.js';
import type { Resources } from '../resources/set.js';

export interface Scope extends Period {
  /** Start of the time in which sessions may have begun that reach into the period. */
  readonly lookback: string;
  readonly accountIds: readonly string[];
}

interface AccountSeen {
  events: number;
  /** Seconds since 1970. */
  first: number;
  last: number;
  /** Days since 1970. */
  readonly days: Set<number>;
  readonly dataEventSources: Set<string>;
}

/**
 * Merges the digests of files, in any order, to the same result; all that depends on the period and the accounts happens
 * here. Memory grows with the number of different calls and sessions, and by 16 bytes an event that duplicates are
 * recognised by.
 */
export class Collector {
  readonly tables = new AnswerTables();
  readonly starts: SessionStart[] = [];
  readonly #seen = new IdentitySet();
  readonly #accounts = new Map<string, AccountSeen>();
  readonly #counts = new Map<string, number>();
  readonly #start: number;
  readonly #end: number;
  readonly #lookback: number;
  readonly #accountIds: ReadonlySet<string>;

  constructor({ start, end, lookback, accountIds }: Scope) {
    this.#start = Date.parse(start) / 1000;
    this.#end = Date.parse(end) / 1000;
    this.#lookback = Date.parse(lookback) / 1000;
    this.#accountIds = new Set(accountIds);
    for (const name of ['events', 'recordsOutsidePeriod', 'recordsOtherAccounts']) this.count(name, 0);
  }

  get events(): number {
    return this.#counts.get('events') ?? 0;
  }

  get malformed(): number {
    return this.#counts.get('malformedRecords') ?? 0;
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  count(name: string, value = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + value);
  }

  isInScope(call: CallKind): boolean {
    return call.recipient === null || this.#accountIds.has(call.recipient);
  }

  /** Where an event falls; of those before the period, only the starts of sessions that may reach into it matter. */
  placeOf(seconds: number): 'in' | 'lookback' | 'outside' {
    if (seconds >= this.#end || seconds < this.#lookback) return 'outside';
    return seconds < this.#start ? 'lookback' : 'in';
  }

  /** @returns whether no file brought the event before */
  isFresh(high: number, low: number): boolean {
    const fresh = this.#seen.add(high, low);
    if (!fresh) this.count('duplicateRecords');
    return fresh;
  }

  account(accountId: string): AccountSeen {
    let seen = this.#accounts.get(accountId);
    if (seen === undefined) {
      seen = { events: 0, first: Infinity, last: -Infinity, days: new Set(), dataEventSources: new Set() };
      this.#accounts.set(accountId, seen);
    }
    return seen;
  }

  coverage(accountIds: readonly string[], period: Period): AccountCoverage[] {
    return accountIds.toSorted().map((accountId) => {
      const seen = this.#accounts.get(accountId);
      const days = new Set([...(seen?.days ?? [])].map((day) => iso(day * DAY).slice(0, 10)));
      return {
        accountId,
        events: seen?.events ?? 0,
        first: seen === undefined ? null : iso(seen.first),
        last: seen === undefined ? null : iso(seen.last),
        emptyDays: emptyDays(period, days),
        dataEventSources: [...(seen?.dataEventSources ?? [])].sort(),
      };
    });
  }
}

const DAY = 86_400;

/** Of a kind of event: its rows of activity, of a person and of weeks, -1 for none, and the number of its call in sessions. */
const ROWS_WIDTH = 4;
/** Its rows are made when its first event counts: other times and accounts need none. */
const NOT_YET = -2;

/** Collects the digests of one reader: knows what its numbers mean. */
export class Lane {
  readonly #callers: { readonly caller: Caller; readonly numbers: CallerNumbers }[] = [];
  readonly #calls: { readonly call: CallKind; readonly numbers: CallNumbers; readonly inScope: boolean }[] =
    [];
  readonly #resources: Resources[] = [];
  /** Numbers of sessions here and in all lanes. */
  readonly #sessions = new Ints();
  readonly #kinds = new Ints();
  readonly #rows = new Ints();
  readonly #accounts: (AccountSeen | undefined)[] = [];

  constructor(private readonly collector: Collector) {}

  learn({ callers, calls, resources, sessions, kinds }: Dictionary): void {
    const { tables } = this.collector;
    for (const caller of callers) this.#callers.push({ caller, numbers: tables.caller(caller) });
    for (const call of calls)
      this.#calls.push({ call, numbers: tables.call(call), inScope: this.collector.isInScope(call) });
    for (const one of resources) this.#resources.push(one);
    for (const session of tables.sessions(sessions)) this.#sessions.push(session);
    for (const part of kinds) this.#kinds.push(part);
    this.#rows.fillTo((this.#kinds.length / KIND_WIDTH) * ROWS_WIDTH, NOT_YET);
  }

  /** @returns time of the newest event that was taken, a duplicate or not: seconds since 1970, -Infinity for none */
  add(digest: FileDigest): number {
    const { collector } = this;
    for (const [name, value] of Object.entries(digest.counts)) collector.count(name, value);
    let nextStart = 0;
    let otherAccounts = 0;
    let outside = 0;
    let events = 0;
    let newest = -Infinity;
    for (let event = 0; event < digest.kind.length; event += 1) {
      const kind = digest.kind[event] ?? 0;
      const seconds = digest.time[event] ?? 0;
      const start = digest.starts[nextStart]?.event === event ? digest.starts[nextStart++] : undefined;
      if (this.#calls[this.#kinds.at(KIND_WIDTH * kind + 1)]?.inScope !== true) {
        otherAccounts += 1;
        continue;
      }
      const place = collector.placeOf(seconds);
      if (place === 'outside' || (place === 'lookback' && start === undefined)) {
        outside += 1;
        continue;
      }
      if (seconds > newest) newest = seconds;
      if (place === 'in') this.#prepare(kind, digest.resources[event] ?? -1);
      const fresh = collector.isFresh(digest.identity[2 * event] ?? 0, digest.identity[2 * event + 1] ?? 0);
      if (!fresh) continue;
      if (start !== undefined) this.#addStart(kind, start, seconds);
      if (place === 'lookback') continue;
      events += 1;
      this.#countEvent(kind, digest.session[event] ?? -1, seconds);
    }
    collector.count('recordsOtherAccounts', otherAccounts);
    collector.count('recordsOutsidePeriod', outside);
    collector.count('events', events);
    return newest;
  }

  #countEvent(kind: number, session: number, seconds: number): void {
    const at = ROWS_WIDTH * kind;
    const { tables } = this.collector;
    tables.count(this.#rows.at(at), this.#rows.at(at + 1), seconds);
    tables.countWeek(this.#rows.at(at + 2), seconds);
    if (session !== -1) tables.countInSession(this.#sessions.at(session), this.#rows.at(at + 3), seconds);
    const account = this.#accountOf(kind);
    if (account === undefined) return;
    account.events += 1;
    if (seconds < account.first) account.first = seconds;
    if (seconds > account.last) account.last = seconds;
    account.days.add(Math.floor(seconds / DAY));
  }

  /** Makes the rows of a kind of event, and adds the resources of one. */
  #prepare(kind: number, resources: number): void {
    const at = ROWS_WIDTH * kind;
    const { tables } = this.collector;
    if (this.#rows.at(at) === NOT_YET) {
      const caller = this.#callers[this.#kinds.at(KIND_WIDTH * kind)];
      const call = this.#calls[this.#kinds.at(KIND_WIDTH * kind + 1)];
      if (caller === undefined || call === undefined) return;
      this.#rows.set(at, tables.activityRow(caller.numbers, call.numbers));
      this.#rows.set(at + 1, tables.personRow(caller.numbers, call.numbers));
      this.#rows.set(at + 2, tables.weekRow(caller.numbers, call.numbers));
      this.#rows.set(at + 3, call.numbers.ofSession);
    }
    const one = this.#resources[resources];
    if (one !== undefined) tables.addResources(this.#rows.at(at), one);
  }

  #accountOf(kind: number): AccountSeen | undefined {
    const known = this.#accounts[kind];
    if (known !== undefined) return known;
    const caller = this.#callers[this.#kinds.at(KIND_WIDTH * kind)]?.caller;
    const call = this.#calls[this.#kinds.at(KIND_WIDTH * kind + 1)]?.call;
    if (caller === undefined || call === undefined) return undefined;
    const account = this.collector.account(recipientOf(caller.actor, call));
    this.#accounts[kind] = account;
    if (call.dataEvent) account.dataEventSources.add(call.eventSource);
    return account;
  }

  #addStart(kind: number, start: Start, seconds: number): void {
    const caller = this.#callers[this.#kinds.at(KIND_WIDTH * kind)]?.caller;
    if (caller !== undefined)
      this.collector.starts.push({ ...start, source: caller.actor, time: iso(seconds) });
  }
}
