import type { SessionJoin, SessionPair } from '../sessions.js';
import type { SessionCall } from '../types.js';
import { PairTable, type Renumbering } from './intern.js';
import { Tally } from './tally.js';

const NO_PAIR = -1;
const CHUNK = 1 << 16;
/** More events than four million are added up, to 60 bytes for each call of a session. */
const MAX_CHUNKS = 64;

/** Events of sessions, 16 bytes each. */
class Chunk {
  readonly sessions = new Int32Array(CHUNK);
  readonly calls = new Int32Array(CHUNK);
  readonly seconds = new Float64Array(CHUNK);
  length = 0;
}

/** What `merge` takes. */
export interface SessionCallsPart {
  readonly chunks: readonly Chunk[];
  readonly sums: Int32Array<ArrayBuffer>;
  readonly tally: Float64Array<ArrayBuffer>;
}

type Visit = (session: number, call: number, count: number, first: number, last: number) => void;

/**
 * What was done in sessions, by their numbers and those of calls. Nearly every event is another call of another session, and
 * to which source and role a session belongs is known only at the end: adding up before would make nothing smaller.
 */
export class SessionCalls {
  #chunks: Chunk[] = [];
  #last: Chunk | undefined;
  readonly #sums = new PairTable();
  readonly #tally = new Tally();

  /** @param maxChunks of 65,536 events that are kept singly */
  constructor(private readonly maxChunks = MAX_CHUNKS) {}

  /** @param seconds since 1970 */
  add(session: number, call: number, seconds: number): void {
    let chunk = this.#last;
    if (chunk === undefined || chunk.length === CHUNK) chunk = this.#next();
    chunk.sessions[chunk.length] = session;
    chunk.calls[chunk.length] = call;
    chunk.seconds[chunk.length] = seconds;
    chunk.length += 1;
  }

  #next(): Chunk {
    const chunk = new Chunk();
    this.#take(chunk);
    this.#last = chunk;
    return chunk;
  }

  #take(chunk: Chunk): void {
    if (this.#chunks.length === this.maxChunks) {
      this.#eachSingle((session, call, count, first, last) => {
        this.#tally.addMany(this.#sums.intern(session, call), count, first, last);
      });
      this.#chunks = [];
      this.#last = undefined;
    }
    this.#chunks.push(chunk);
  }

  #eachSingle(visit: Visit): void {
    for (const { sessions, calls, seconds, length } of this.#chunks) {
      for (let event = 0; event < length; event += 1) {
        const time = seconds[event] ?? 0;
        visit(sessions[event] ?? 0, calls[event] ?? 0, 1, time, time);
      }
    }
  }

  #each(visit: Visit): void {
    this.#eachSingle(visit);
    for (let sum = 0; sum < this.#sums.size; sum += 1) {
      const tally = this.#tally;
      visit(
        this.#sums.first(sum),
        this.#sums.second(sum),
        tally.count(sum),
        tally.first(sum),
        tally.last(sum),
      );
    }
  }

  part(): SessionCallsPart {
    return { chunks: this.#chunks, sums: this.#sums.part(), tally: this.#tally.part() };
  }

  /** Takes over what another one has. */
  merge({ chunks, sums, tally }: SessionCallsPart, sessions: Renumbering, calls: Renumbering): void {
    for (const chunk of chunks) {
      for (let event = 0; event < chunk.length; event += 1) {
        chunk.sessions[event] = sessions(chunk.sessions[event] ?? 0);
        chunk.calls[event] = calls(chunk.calls[event] ?? 0);
      }
      this.#take(chunk);
    }
    this.#tally.merge(tally, this.#sums.merge(sums, sessions, calls));
  }

  /** @returns first calls in the period of the sessions that began before it */
  #beginOf(early: ReadonlySet<number>, sessions: Int32Array): ReadonlyMap<number, number> {
    const begin = new Map<number, number>();
    if (early.size === 0) return begin;
    const isEarly = Uint8Array.from(sessions, (session) => Number(early.has(session)));
    this.#each((number, _call, _count, first) => {
      if (isEarly[number] === 0) return;
      const session = sessions[number] ?? 0;
      if (first < (begin.get(session) ?? Infinity)) begin.set(session, first);
    });
    return begin;
  }

  /**
   * Adds everything to its pairs of source and role.
   * @param sessions the same number for those that have the same key
   * @param callAt what a number of a call means
   */
  addTo(
    join: SessionJoin<number>,
    sessions: Int32Array,
    callAt: (call: number) => Omit<SessionCall, 'count' | 'first' | 'last'> | undefined,
  ): void {
    const begin = this.#beginOf(new Set(join.earlyKeys()), sessions);
    const pairs: SessionPair[] = [];
    const numbers = new Map<SessionPair, number>();
    const pairOf = sessions.map((session) => {
      const pair = join.pairOf(session, begin.get(session));
      if (pair === undefined) return NO_PAIR;
      const known = numbers.get(pair);
      if (known !== undefined) return known;
      numbers.set(pair, pairs.length);
      return pairs.push(pair) - 1;
    });
    const rows = new PairTable();
    const tally = new Tally();
    this.#each((session, call, count, first, last) => {
      const pair = pairOf[session] ?? NO_PAIR;
      if (pair !== NO_PAIR) tally.addMany(rows.intern(pair, call), count, first, last);
    });
    for (let row = 0; row < rows.size; row += 1) {
      const pair = pairs[rows.first(row)];
      const call = callAt(rows.second(row));
      if (pair === undefined || call === undefined) continue;
      const { eventSource, eventName, apiCall, outcome } = call;
      join.addCall(pair, { eventSource, eventName, apiCall, outcome, ...tally.at(row) });
    }
  }
}
