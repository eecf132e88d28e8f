import { DAY } from '../../time.js';
import { IntList, PairTable } from '../collections/pair-table.js';
import { CallCounts } from '../collections/call-counts.js';

/** Events that are held one by one. Beyond that they are added up, to 60 bytes for each call of a session. */
const MAX_SINGLE = 1 << 20;
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
  #single = new IntList();
  readonly #sums = new PairTable();
  readonly #tally = new CallCounts();
  readonly #begin: number;

  /** @param day since 1970 */
  constructor(day: number) {
    this.#begin = day * DAY;
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
    this.#single.push(call * DAY + seconds - this.#begin);
  }

  #addUp(session: number, call: number, seconds: number): void {
    this.#tally.add(this.#sums.intern(session, call), seconds);
  }

  #eachSingle(visit: (session: number, call: number, seconds: number) => void): void {
    const single = this.#single;
    for (let at = 0; at < single.length; at += WIDTH) {
      const callAndTime = single.at(at + 1);
      const call = Math.floor(callAndTime / DAY);
      visit(single.at(at), call, this.#begin + callAndTime - call * DAY);
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
