import { iso } from '../../../base/time.js';

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
    const before = data[at] ?? 0;
    if (before === 0 || first < (data[at + 1] ?? 0)) data[at + 1] = first;
    if (before === 0 || last > (data[at + 2] ?? 0)) data[at + 2] = last;
    data[at] = before + count;
  }

  count(id: number): number {
    return this.#data[WIDTH * id] ?? 0;
  }

  first(id: number): number {
    return this.#data[WIDTH * id + 1] ?? 0;
  }

  last(id: number): number {
    return this.#data[WIDTH * id + 2] ?? 0;
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
      if (count > 0) this.addMany(id, count, part[WIDTH * its + 1] ?? 0, part[WIDTH * its + 2] ?? 0);
    });
  }

  #grow(): void {
    const larger = new Float64Array(this.#data.length * 2);
    larger.set(this.#data);
    this.#data = larger;
  }
}
