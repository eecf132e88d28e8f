import { FingerprintSet } from '../collections/fingerprint-set.js';

/** An hour or so, in seconds. */
const SPAN = 4096;

/** An event came of which it is no longer known whether it is there already. */
export class LateEventError extends Error {
  override name = 'Forgotten';
}

/**
 * The fingerprints (64 bits each) of all events so far: 11 to 21 bytes an event, where a Set takes 40. Those of
 * about an hour are a part: a log file is of a few minutes, so that its events are looked for in memory that is near to the
 * processor; and only a small part is held twice while it grows.
 */
export class SeenEvents {
  readonly #parts = new Map<number, FingerprintSet>();
  #span = NaN;
  #part = new FingerprintSet();
  #forgotten = -Infinity;

  /**
   * @param seconds time of the event, which events with the same fingerprint share
   * @returns whether it was not there; the fingerprint 0, 0 is none and always new
   * @throws Forgotten
   */
  add(high: number, low: number, seconds: number): boolean {
    const span = Math.floor(seconds / SPAN);
    if (span !== this.#span) {
      if (span < this.#forgotten) throw new LateEventError();
      this.#span = span;
      this.#part = this.#parts.get(span) ?? new FingerprintSet();
      this.#parts.set(span, this.#part);
    }
    if (high === 0 && low === 0) return true;
    return this.#part.add(high, low);
  }

  /** Forgets events that happened before a time, as none of that time comes any more: seconds since 1970. */
  forget(before: number): void {
    const span = Math.floor(before / SPAN);
    if (span <= this.#forgotten) return;
    this.#forgotten = span;
    for (const its of this.#parts.keys()) if (its < span) this.#parts.delete(its);
    this.#span = NaN;
  }

  /**
   * @param fingerprint of events, two numbers each
   * @returns the numbers, among them, of those that were there
   * @throws Forgotten
   */
  duplicates(fingerprint: Int32Array, time: Float64Array): Int32Array<ArrayBuffer> {
    const found: number[] = [];
    for (let event = 0; event < time.length; event += 1)
      if (!this.add(fingerprint[2 * event] ?? 0, fingerprint[2 * event + 1] ?? 0, time[event] ?? 0))
        found.push(event);
    return Int32Array.from(found);
  }
}
