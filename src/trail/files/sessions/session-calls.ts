import { DAY_SECONDS } from '../../../base/time.js';
import { IntList } from '../collections/int-list.js';
import { Rows } from '../count/rows.js';

/** Numbers of an event: session, call, second of the day. */
const WIDTH = 3;
/** Maximum number of events that are stored singly. */
const MAX_SINGLE = 1 << 18;

/**
 * Calls in sessions of one day. Nearly every event is another call in another session, and a row takes five times the
 * memory of an event, so events become rows only when they are needed, or are many.
 */
export class SessionCalls {
  readonly #single = new IntList();
  readonly #rows = new Rows();
  readonly #begin: number;

  /** @param day since 1970 */
  constructor(day: number) {
    this.#begin = day * DAY_SECONDS;
  }

  /** @param seconds since 1970 */
  add(session: number, call: number, seconds: number): void {
    this.#single.push(session);
    this.#single.push(call);
    this.#single.push(seconds - this.#begin);
    if (this.#single.length === WIDTH * MAX_SINGLE) this.rows();
  }

  /** All calls so far: pairs of session and call. */
  rows(): Rows {
    const { pairs, tally } = this.#rows;
    const single = this.#single;
    for (let at = 0; at < single.length; at += WIDTH)
      tally.add(pairs.intern(single.at(at), single.at(at + 1)), this.#begin + single.at(at + 2));
    single.clear();
    return this.#rows;
  }
}
