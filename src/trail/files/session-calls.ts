import { DAY } from '../time.js';
import type { ArrayPool } from './array-pool.js';
import { PairTable } from './intern.js';
import { Tally } from './tally.js';

/** Events in a chunk. */
const CHUNK = 1 << 11;
/** So many are kept: more events than a million are added up, to 60 bytes for each call of a session. */
const MAX_CHUNKS = 512;
/** Numbers of an event: that of its session, and `DAY` times that of its call with the seconds since the day began. */
const WIDTH = 2;
/** Events of calls with a number that is not below this one are added up at once. */
const MOST_CALLS = Math.floor(2 ** 31 / DAY);

type Visit = (session: number, call: number, count: number, first: number, last: number) => void;

/**
 * What was done in sessions on one day, by their numbers and those of calls. Nearly every event is another call of another session, and
 * to which source and role a session belongs is known only later: adding up before would make nothing smaller.
 */
export class SessionCalls {
  #chunks: Int32Array[] = [];
  #last: Int32Array | undefined;
  /** Events in the last chunk. */
  #length = 0;
  readonly #sums = new PairTable();
  readonly #tally = new Tally();
  readonly #begin: number;

  /** @param day since 1970 */
  constructor(
    day: number,
    private readonly pool: ArrayPool,
  ) {
    this.#begin = day * DAY;
  }

  /** @param seconds since 1970 */
  add(session: number, call: number, seconds: number): void {
    if (call >= MOST_CALLS) {
      this.#addUp(session, call, seconds);
      return;
    }
    let chunk = this.#last;
    if (chunk === undefined || this.#length === CHUNK) chunk = this.#next();
    chunk[WIDTH * this.#length] = session;
    chunk[WIDTH * this.#length + 1] = call * DAY + seconds - this.#begin;
    this.#length += 1;
  }

  #addUp(session: number, call: number, seconds: number): void {
    this.#tally.add(this.#sums.intern(session, call), seconds);
  }

  #next(): Int32Array {
    if (this.#chunks.length === MAX_CHUNKS) {
      this.#eachSingle((session, call, seconds) => {
        this.#addUp(session, call, seconds);
      });
      this.free();
    }
    const chunk = this.pool.take(WIDTH * CHUNK);
    this.#chunks.push(chunk);
    this.#last = chunk;
    this.#length = 0;
    return chunk;
  }

  #eachSingle(visit: (session: number, call: number, seconds: number) => void): void {
    for (const chunk of this.#chunks) {
      const length = chunk === this.#last ? this.#length : CHUNK;
      for (let at = 0; at < WIDTH * length; at += WIDTH) {
        const callAndTime = chunk[at + 1] ?? 0;
        const call = Math.floor(callAndTime / DAY);
        visit(chunk[at] ?? 0, call, this.#begin + callAndTime - call * DAY);
      }
    }
  }

  /** In any order. */
  each(visit: Visit): void {
    this.#eachSingle((session, call, seconds) => {
      visit(session, call, 1, seconds, seconds);
    });
    const tally = this.#tally;
    for (let sum = 0; sum < this.#sums.size; sum += 1)
      visit(
        this.#sums.first(sum),
        this.#sums.second(sum),
        tally.count(sum),
        tally.first(sum),
        tally.last(sum),
      );
  }

  /** Gives up what is kept of single events. */
  free(): void {
    for (const chunk of this.#chunks) this.pool.give(chunk);
    this.#chunks = [];
    this.#last = undefined;
  }
}
