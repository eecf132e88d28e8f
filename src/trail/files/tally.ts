import { iso } from '../time.js';

/** Count, earliest and latest of many things, by their numbers. */
export class Tally {
  #data = new Float64Array(3 * 256);

  /** @param seconds since 1970 */
  add(id: number, seconds: number): void {
    const at = 3 * id;
    while (at + 3 > this.#data.length) this.#grow();
    const data = this.#data;
    const count = data[at] ?? 0;
    if (count === 0 || seconds < (data[at + 1] ?? 0)) data[at + 1] = seconds;
    if (count === 0 || seconds > (data[at + 2] ?? 0)) data[at + 2] = seconds;
    data[at] = count + 1;
  }

  /** @returns null for what was never added */
  at(id: number): { readonly count: number; readonly first: string; readonly last: string } | null {
    const [count = 0, first = 0, last = 0] = this.#data.subarray(3 * id, 3 * id + 3);
    return count === 0 ? null : { count, first: iso(first), last: iso(last) };
  }

  #grow(): void {
    const larger = new Float64Array(this.#data.length * 2);
    larger.set(this.#data);
    this.#data = larger;
  }
}
