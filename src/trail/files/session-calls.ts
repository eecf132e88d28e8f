import { DAY } from '../time.js';
import { PairTable } from './intern.js';
import { Tally } from './tally.js';

const CHUNK = 1 << 11;
/** So many are kept: more events than a million are added up, to 60 bytes for each call of a session. */
const MAX_CHUNKS = 512;

/** Events of sessions, 12 bytes each. */
class Chunk {
  readonly sessions = new Int32Array(CHUNK);
  readonly calls = new Int32Array(CHUNK);
  /** Since the day began. */
  readonly seconds = new Int32Array(CHUNK);
  length = 0;
}

type Visit = (session: number, call: number, count: number, first: number, last: number) => void;

/**
 * What was done in sessions on one day, by their numbers and those of calls. Nearly every event is another call of another session, and
 * to which source and role a session belongs is known only later: adding up before would make nothing smaller.
 */
export class SessionCalls {
  #chunks: Chunk[] = [];
  #last: Chunk | undefined;
  readonly #sums = new PairTable();
  readonly #tally = new Tally();

  readonly #begin: number;

  /** @param day since 1970 */
  constructor(day: number) {
    this.#begin = day * DAY;
  }

  /** @param seconds since 1970 */
  add(session: number, call: number, seconds: number): void {
    let chunk = this.#last;
    if (chunk === undefined || chunk.length === CHUNK) chunk = this.#next();
    chunk.sessions[chunk.length] = session;
    chunk.calls[chunk.length] = call;
    chunk.seconds[chunk.length] = seconds - this.#begin;
    chunk.length += 1;
  }

  #next(): Chunk {
    if (this.#chunks.length === MAX_CHUNKS) {
      this.#eachSingle((session, call, count, first, last) => {
        this.#tally.addMany(this.#sums.intern(session, call), count, first, last);
      });
      this.#chunks = [];
    }
    const chunk = new Chunk();
    this.#chunks.push(chunk);
    this.#last = chunk;
    return chunk;
  }

  #eachSingle(visit: Visit): void {
    for (const { sessions, calls, seconds, length } of this.#chunks) {
      for (let event = 0; event < length; event += 1) {
        const time = this.#begin + (seconds[event] ?? 0);
        visit(sessions[event] ?? 0, calls[event] ?? 0, 1, time, time);
      }
    }
  }

  /** In any order. */
  each(visit: Visit): void {
    this.#eachSingle(visit);
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
}
