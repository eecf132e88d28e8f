import { DAY_SECONDS } from '../../../base/time.js';
import { IntList } from '../collections/int-list.js';
import { PairTable } from '../collections/pair-table.js';
import { CallCounts } from '../collections/call-counts.js';

/** Maximum number of events that are stored singly. More are summed, at 60 bytes per call of a session. */
const MAX_SINGLE = 1 << 20;
/** Numbers per event: the session; and the call times `DAY_SECONDS`, plus the seconds of the day. */
const WIDTH = 2;
/** A call with a higher index does not fit into 32 bits with the time, and is summed at once. */
const MOST_CALLS = Math.floor(2 ** 31 / DAY_SECONDS);

type Visit = (session: number, call: number, count: number, first: number, last: number) => void;

/**
 * Calls in sessions of one day. Nearly every event is another call in another session, and source and role of a
 * session are known only later, so summing up earlier would save nothing.
 */
export class SessionCalls {
  #single = new IntList();
  readonly #sums = new PairTable();
  readonly #tally = new CallCounts();
  readonly #begin: number;

  /** @param day since 1970 */
  constructor(day: number) {
    this.#begin = day * DAY_SECONDS;
  }

  /** @param seconds since 1970 */
  add(session: number, call: number, seconds: number): void {
    if (call >= MOST_CALLS) {
      this.#addUp(session, call, seconds);
      return;
    }
    if (this.#single.length === WIDTH * MAX_SINGLE) {
      this.#eachSingle((...event) => {
        this.#addUp(...event);
      });
      this.#single = new IntList();
    }
    this.#single.push(session);
    this.#single.push(call * DAY_SECONDS + seconds - this.#begin);
  }

  #addUp(session: number, call: number, seconds: number): void {
    this.#tally.add(this.#sums.intern(session, call), seconds);
  }

  #eachSingle(visit: (session: number, call: number, seconds: number) => void): void {
    const single = this.#single;
    for (let at = 0; at < single.length; at += WIDTH) {
      const callAndTime = single.at(at + 1);
      const call = Math.floor(callAndTime / DAY_SECONDS);
      visit(single.at(at), call, this.#begin + callAndTime - call * DAY_SECONDS);
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
}
