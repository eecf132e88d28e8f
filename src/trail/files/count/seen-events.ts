import { getOrInsertComputed } from '../../../base/maps.js';
import { PairTable } from '../collections/pair-table.js';
import { floatAt, intAt } from '../collections/checked.js';

/** About an hour, in seconds. */
const SPAN = 4096;

/** An event is older than the retained fingerprints, so it is unknown whether it is a duplicate. */
export class LateEventError extends Error {
  override name = 'LateEventError';
}

/**
 * 64-bit fingerprints of all events. There is one table per hour or so: events of a file are a few minutes apart, so
 * lookups stay in the processor cache, and only a small table is copied when it grows.
 */
export class SeenEvents {
  readonly #parts = new Map<number, PairTable>();
  #span = NaN;
  #part = new PairTable();
  #forgotten = -Infinity;

  /**
   * @param seconds time of the event, which is part of the fingerprint
   * @returns whether the event is new; the fingerprint 0, 0 means no ID and is always new
   * @throws LateEventError
   */
  add(high: number, low: number, seconds: number): boolean {
    const span = Math.floor(seconds / SPAN);
    if (span !== this.#span) {
      if (span < this.#forgotten) throw new LateEventError();
      this.#span = span;
      this.#part = getOrInsertComputed(this.#parts, span, () => new PairTable());
    }
    if (high === 0 && low === 0) return true;
    const { size } = this.#part;
    return this.#part.intern(high, low) === size;
  }

  /** Drops events before a time, in seconds since 1970. No such event may follow. */
  forget(before: number): void {
    const span = Math.floor(before / SPAN);
    if (span <= this.#forgotten) return;
    this.#forgotten = span;
    for (const its of this.#parts.keys()) if (its < span) this.#parts.delete(its);
    this.#span = NaN;
  }

  /**
   * @param fingerprint two numbers per event
   * @returns indexes of the duplicates
   * @throws LateEventError
   */
  duplicates(fingerprint: Int32Array, time: Float64Array): Int32Array<ArrayBuffer> {
    const found: number[] = [];
    for (let event = 0; event < time.length; event += 1)
      if (!this.add(intAt(fingerprint, 2 * event), intAt(fingerprint, 2 * event + 1), floatAt(time, event)))
        found.push(event);
    return Int32Array.from(found);
  }
}
