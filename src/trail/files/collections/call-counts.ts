import { iso } from '../../../base/time.js';
import { floatAt } from './checked.js';

/** Numbers of an entry: count, first, last. */
const WIDTH = 3;

/** Count, earliest and latest time by index. Times are seconds since 1970. */
export class CallCounts {
  #data = new Float64Array(WIDTH * 256);

  add(id: number, seconds: number): void {
    this.addMany(id, 1, seconds, seconds);
  }

  addMany(id: number, count: number, first: number, last: number): void {
    const at = WIDTH * id;
    while (at + WIDTH > this.#data.length) this.#grow();
    const data = this.#data;
    const before = floatAt(data, at);
    if (before === 0 || first < floatAt(data, at + 1)) data[at + 1] = first;
    if (before === 0 || last > floatAt(data, at + 2)) data[at + 2] = last;
    data[at] = before + count;
  }

  /** @returns 0 for an entry without counts */
  count(id: number): number {
    return this.#data[WIDTH * id] ?? 0;
  }

  first(id: number): number {
    return floatAt(this.#data, WIDTH * id + 1);
  }

  last(id: number): number {
    return floatAt(this.#data, WIDTH * id + 2);
  }

  /** In the format of rows. */
  at(id: number): { readonly count: number; readonly first: string; readonly last: string } {
    return { count: this.count(id), first: iso(this.first(id)), last: iso(this.last(id)) };
  }

  /** Argument of `merge`. */
  part(): Float64Array<ArrayBuffer> {
    return this.#data;
  }

  /** @param ids index in this object for each entry of the part */
  merge(part: Float64Array, ids: Int32Array): void {
    ids.forEach((id, its) => {
      const count = part[WIDTH * its] ?? 0;
      if (count > 0) this.addMany(id, count, floatAt(part, WIDTH * its + 1), floatAt(part, WIDTH * its + 2));
    });
  }

  #grow(): void {
    const larger = new Float64Array(this.#data.length * 2);
    larger.set(this.#data);
    this.#data = larger;
  }
}
