import { DistinctStarts } from '../../distinct-starts.js';
import { getOrInsertComputed } from '../../../base/maps.js';
import type { Period } from '../../../period.js';
import { LOOKBACK_HOURS, MAX_CHAIN, SessionJoin, type SessionPair } from '../../sessions.js';
import { DAY_SECONDS, HOUR_SECONDS } from '../../../base/time.js';
import type { AssumptionRow, SessionStart } from '../../types.js';
import { textItself, Interner } from '../collections/interner.js';
import { SessionNumbers } from './session-numbers.js';
import { SessionCalls } from './session-calls.js';
import { SlidingArray } from '../collections/sliding-array.js';
import { callKey, actorInterner, type SessionApiCallKey } from '../count/answer-tables.js';
import { Rows } from '../count/rows.js';
import { at } from '../../../base/checked.js';

/** Instead of the index of a session. */
export const NO_SESSION = -1;
const NONE = -1;
const NOT_YET = -2;
/** Records of one session start, and its first calls, can have different times. */
const TOLERANCE = HOUR_SECONDS;
/** Searching for complete sessions takes time too. */
const STEP = DAY_SECONDS;
/**
 * Longest time from the first session of a chain, which is part of the last session's path, to the start of the
 * last one; plus a day, because times are not exact.
 */
const LONGEST_CHAIN = MAX_CHAIN * LOOKBACK_HOURS * HOUR_SECONDS + DAY_SECONDS;

/**
 * Role sessions of all readers. Starts are joined with calls as soon as both are complete, so that only some days
 * of both are in memory if files arrive in the order of delivery.
 */
export class RoleSessions {
  readonly sources = actorInterner();
  /** ARNs. */
  readonly roles = new Interner<string>(textItself);
  readonly calls = new Interner<SessionApiCallKey>(callKey);
  readonly #keys = new SessionNumbers();
  /** By session: last day (since 1970) with a call. */
  readonly #lastDays = new SlidingArray(NONE);
  readonly #join: SessionJoin<number>;
  readonly #starts = new DistinctStarts<number>();
  /** Calls by day, until they are joined. */
  readonly #days = new Map<number, SessionCalls>();
  readonly #pairs: SessionPair[] = [];
  readonly #numbers = new Map<SessionPair, number>();
  /** By session: index of its pair; NONE without known start, NOT_YET until requested. */
  readonly #pairOf = new SlidingArray(NONE);
  /** Pairs of a pair and a call. */
  readonly #rows = new Rows();
  /** Number of sessions after the last cleanup. */
  #keysLeft = 0;
  #settled = -Infinity;

  constructor(period: Period) {
    this.#join = new SessionJoin(period);
  }

  /** @returns index of the session with this 64-bit key */
  session(high: number, low: number): number {
    return this.#keys.numberFor(high, low);
  }

  start(start: SessionStart<number>): void {
    const day = Math.floor(start.time / DAY_SECONDS);
    for (const session of [start.sessionKey, start.callerKey]) if (session !== null) this.#saw(session, day);
    this.#starts.add(start);
  }

  /** @param seconds since 1970 */
  call(session: number, call: number, seconds: number): void {
    const day = Math.floor(seconds / DAY_SECONDS);
    this.#saw(session, day);
    getOrInsertComputed(this.#days, day, () => new SessionCalls(day)).add(session, call, seconds);
  }

  #saw(session: number, day: number): void {
    if (day > this.#lastDays.at(session)) this.#lastDays.set(session, day);
  }

  /**
   * Joins everything that is complete.
   * @param before no event before this time will follow: seconds since 1970
   */
  completeUntil(before: number): void {
    if (before === -Infinity || before < this.#settled + STEP) return;
    this.#settled = before;
    const starts = this.#starts.take(before - TOLERANCE);
    this.#join.start(starts);
    for (const { sessionKey } of starts) if (sessionKey !== null) this.#pairOf.set(sessionKey, NOT_YET);
    for (const [day, calls] of [...this.#days].sort(([a], [b]) => a - b)) {
      if ((day + 1) * DAY_SECONDS > before - 2 * TOLERANCE) break;
      this.#addDay(calls.rows());
      this.#days.delete(day);
    }
    // Only after the number has doubled, so that the cost stays proportional.
    if (this.#keys.size < 2 * this.#keysLeft) return;
    const over = before - LONGEST_CHAIN;
    this.#join.forget(over);
    const first = this.#keys.forget((session) => (this.#lastDays.at(session) + 1) * DAY_SECONDS < over);
    this.#lastDays.forget(first);
    this.#pairOf.forget(first);
    this.#keysLeft = this.#keys.size;
  }

  /** Sorted. Call it once, at the end. */
  assumptions(): AssumptionRow[] {
    this.completeUntil(Infinity);
    const { pairs, tally } = this.#rows;
    for (let row = 0; row < pairs.size; row += 1) {
      const call = this.calls.at(pairs.second(row));
      this.#join.addCall(at(this.#pairs, pairs.first(row)), { ...call, ...tally.at(row) });
    }
    return this.#join.rows();
  }

  #addDay(calls: Rows): void {
    const begin = beginOf(new Set(this.#join.earlyKeys()), calls);
    const { pairs, tally } = calls;
    for (let row = 0; row < pairs.size; row += 1) {
      const pair = this.#pairNumber(pairs.first(row), begin);
      if (pair === NONE) continue;
      const joined = this.#rows.pairs.intern(pair, pairs.second(row));
      this.#rows.tally.addMany(joined, tally.count(row), tally.first(row), tally.last(row));
    }
  }

  /** @returns NONE for a session without known start */
  #pairNumber(session: number, begin: ReadonlyMap<number, number>): number {
    const known = this.#pairOf.at(session);
    if (known !== NOT_YET) return known;
    const pair = this.#join.pairOf(session, begin.get(session));
    if (pair === undefined) return NONE;
    const number = this.#numbers.get(pair) ?? this.#pairs.push(pair) - 1;
    this.#numbers.set(pair, number);
    this.#pairOf.set(session, number);
    return number;
  }
}

/** @returns first call of each session that started before the period: the session counts from there */
function beginOf(early: ReadonlySet<number>, { pairs, tally }: Rows): ReadonlyMap<number, number> {
  const begin = new Map<number, number>();
  if (early.size === 0) return begin;
  for (let row = 0; row < pairs.size; row += 1) {
    const session = pairs.first(row);
    if (!early.has(session)) continue;
    begin.set(session, Math.min(tally.first(row), begin.get(session) ?? Infinity));
  }
  return begin;
}
