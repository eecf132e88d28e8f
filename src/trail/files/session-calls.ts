import { DAY } from '../time.js';
import type { ArrayPool } from './array-pool.js';
import { PairTable } from './intern.js';
import { PooledRows } from './pooled-rows.js';
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
  readonly #single: PooledRows;
  readonly #sums = new PairTable();
  readonly #tally = new Tally();
  readonly #begin: number;

  /** @param day since 1970 */
  constructor(day: number, pool: ArrayPool) {
    this.#single = new PooledRows(pool, WIDTH, CHUNK);
    this.#begin = day * DAY;
  }

  /** @param seconds since 1970 */
  add(session: number, call: number, seconds: number): void {
    if (call >= MOST_CALLS) {
      this.#addUp(session, call, seconds);
      return;
    }
    const rows = this.#single;
    if (rows.isFull && rows.chunks === MAX_CHUNKS) this.#addAllUp();
    const at = rows.add();
    rows.last[at] = session;
    rows.last[at + 1] = call * DAY + seconds - this.#begin;
  }

  #addUp(session: number, call: number, seconds: number): void {
    this.#tally.add(this.#sums.intern(session, call), seconds);
  }

  #addAllUp(): void {
    this.#eachSingle((session, call, seconds) => {
      this.#addUp(session, call, seconds);
    });
    this.#single.free();
  }

  #eachSingle(visit: (session: number, call: number, seconds: number) => void): void {
    this.#single.each((chunk, at) => {
      const callAndTime = chunk[at + 1] ?? 0;
      const call = Math.floor(callAndTime / DAY);
      visit(chunk[at] ?? 0, call, this.#begin + callAndTime - call * DAY);
    });
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
    this.#single.free();
  }
}
