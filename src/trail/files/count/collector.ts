import { getOrInsertComputed, increment } from '../../../base/maps.js';
import type { RequestPlan } from '../../../base/requests/plan.js';
import type { Period } from '../../../period.js';
import { DAY_SECONDS, emptyDays, iso } from '../../../base/time.js';
import { othersOf, regionsOf } from '../../account-events.js';
import type { AccountCoverage, OtherAccounts } from '../../types.js';
import type { ApiCall } from '../decode/encoded-file.js';
import { AnswerTables, type TablesPart } from './answer-tables.js';

export interface ReadWindow extends Period {
  /** Earliest start of a session that can last into the period. */
  readonly lookback: string;
  readonly accountIds: readonly string[];
  /** Digest files tell the hashes of log files: hash their uncompressed content. */
  readonly hashContents?: boolean;
  /** From TrailRequest. */
  readonly requests?: RequestPlan | undefined;
}

interface AccountPart {
  readonly events: number;
  /** Seconds since 1970, like `last`. */
  readonly first: number;
  readonly last: number;
  readonly dataEventSources: ReadonlySet<string>;
  readonly regions: ReadonlyMap<string, number>;
  /** Days since 1970. */
  readonly days: ReadonlySet<number>;
}

/** The events of an account. */
export class AccountSeen implements AccountPart {
  events = 0;
  first = Infinity;
  last = -Infinity;
  readonly dataEventSources = new Set<string>();
  readonly regions = new Map<string, number>();
  readonly days = new Set<number>();
  #day = NaN;

  sawDayOf(seconds: number): void {
    const day = Math.floor(seconds / DAY_SECONDS);
    if (day === this.#day) return;
    this.#day = day;
    this.days.add(day);
  }

  /** Counts events; `sawDayOf` counts their days. */
  add(events: number, first: number, last: number): void {
    this.events += events;
    this.first = Math.min(this.first, first);
    this.last = Math.max(this.last, last);
  }

  addRegion(region: string | null, events: number): void {
    if (region !== null) increment(this.regions, region, events);
  }

  merge({ events, first, last, dataEventSources, regions, days }: AccountPart): void {
    this.add(events, first, last);
    for (const [region, count] of regions) this.addRegion(region, count);
    for (const source of dataEventSources) this.dataEventSources.add(source);
    for (const day of days) this.days.add(day);
  }
}

/** Counts of one thread, as sent to another. */
export interface PartialCounts {
  readonly tables: TablesPart;
  readonly accounts: ReadonlyMap<string, AccountPart>;
  readonly counts: ReadonlyMap<string, number>;
  /** Events in the period of accounts that are not in scope. */
  readonly others: ReadonlyMap<string, number>;
}

/**
 * Sums up events in any order. Everything that depends on period and accounts happens here. Each reader thread has
 * one. Memory grows with the number of distinct callers and calls.
 */
export class Collector {
  readonly tables = new AnswerTables();
  readonly #accounts = new Map<string, AccountSeen>();
  readonly #counts = new Map<string, number>();
  readonly #others = new Map<string, number>();
  readonly #start: number;
  readonly #end: number;
  readonly #lookback: number;
  readonly #accountIds: ReadonlySet<string>;

  constructor({ start, end, lookback, accountIds }: ReadWindow) {
    this.#start = Date.parse(start) / 1000;
    this.#end = Date.parse(end) / 1000;
    this.#lookback = Date.parse(lookback) / 1000;
    this.#accountIds = new Set(accountIds);
    for (const name of ['events', 'recordsOutsidePeriod', 'recordsOtherAccounts']) this.count(name, 0);
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  count(name: string, value = 1): void {
    increment(this.#counts, name, value);
  }

  /** Counts an event of an account that is not in scope. */
  countOther(accountId: string, seconds: number): void {
    if (this.classifyTime(seconds) === 'in') increment(this.#others, accountId);
  }

  isInScope(call: ApiCall): boolean {
    return call.recipient === null || this.#accountIds.has(call.recipient);
  }

  /** Before the period, only session starts that can last into it matter. */
  classifyTime(seconds: number): 'in' | 'lookback' | 'outside' {
    if (seconds >= this.#end || seconds < this.#lookback) return 'outside';
    return seconds < this.#start ? 'lookback' : 'in';
  }

  account(accountId: string): AccountSeen {
    return getOrInsertComputed(this.#accounts, accountId, () => new AccountSeen());
  }

  part(): PartialCounts {
    return {
      tables: this.tables.part(),
      accounts: this.#accounts,
      counts: this.#counts,
      others: this.#others,
    };
  }

  /** Adds the counts of another thread. */
  merge({ tables, accounts, counts, others }: PartialCounts): void {
    this.tables.merge(tables);
    for (const [accountId, seen] of accounts) this.account(accountId).merge(seen);
    for (const [name, value] of counts) this.count(name, value);
    for (const [accountId, events] of others) increment(this.#others, accountId, events);
  }

  /** @returns undefined if every account in scope has events */
  otherAccounts(accountIds: readonly string[]): OtherAccounts | undefined {
    return accountIds.every((id) => this.#accounts.has(id)) ? undefined : othersOf(this.#others);
  }

  coverage(accountIds: readonly string[], period: Period): AccountCoverage[] {
    return accountIds.toSorted().map((accountId) => {
      const seen = this.#accounts.get(accountId);
      const days = new Set([...(seen?.days ?? [])].map((day) => iso(day * DAY_SECONDS).slice(0, 10)));
      return {
        accountId,
        events: seen?.events ?? 0,
        first: seen === undefined ? null : iso(seen.first),
        last: seen === undefined ? null : iso(seen.last),
        emptyDays: emptyDays(period, days),
        dataEventSources: [...(seen?.dataEventSources ?? [])].sort(),
        regions: regionsOf(seen?.regions ?? new Map()),
      };
    });
  }
}
