import type { Renumbering } from './intern.js';
import { StretchList, type Stretches } from './stretches.js';
import { Walker } from './walker.js';

/**
 * The access keys of sessions, as JSON. Each reader names those that it meets, and again after it forgot what it knew: that two numbers
 * are of one key is looked for once, at the end.
 */
export class SessionKeys {
  readonly #keys = new StretchList();

  /** @returns number of the first of them; the others follow */
  add(keys: Stretches): number {
    return this.#keys.add(keys);
  }

  /** Adds what another one has. */
  merge(keys: Stretches): Renumbering {
    const first = this.add(keys);
    return (session) => (session === -1 ? -1 : first + session);
  }

  part(): Stretches {
    return this.#keys.whole();
  }

  /**
   * @param most keys that are looked for together: those whose hash is in the same part
   * @returns of each number another, which is the same for the same keys: from 0 on
   */
  distinct(most = MOST_TOGETHER): Int32Array<ArrayBuffer> {
    const { bytes, ends } = this.part();
    if (ends.length === 0) return ends;
    const walker = new Walker(bytes.length);
    const { view } = walker.hold(bytes);
    const parts = Math.max(1, Math.ceil(ends.length / most), Math.ceil(bytes.length / MOST_BYTES));
    const numbers = new Int32Array(ends.length);
    let found = 0;
    for (let part = 0; part < parts; part += 1) {
      walker.forget();
      const table = walker.values();
      let start = 0;
      ends.forEach((end, key) => {
        if (parts === 1 || hashOf(view, start, end) % parts === part)
          numbers[key] = found + table.internAt(start, end);
        start = end;
      });
      found += table.size;
    }
    return numbers;
  }
}

/** What a walker has room for several times. */
const MOST_TOGETHER = 400_000;
const MOST_BYTES = 16 * 1024 * 1024;

/** @returns 32 bits, not below zero */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
