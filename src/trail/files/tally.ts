import { iso } from '../time.js';

/** Count, earliest and latest of many things, by their numbers. Times are seconds since 1970. */
export class Tally {
  #data = new Float64Array(3 * 256);

  add(id: number, seconds: number): void {
    this.addMany(id, 1, seconds, seconds);
  }

  addMany(id: number, count: number, first: number, last: number): void {
    const at = 3 * id;
    while (at + 3 > this.#data.length) this.#grow();
    const data = this.#data;
    const before = data[at] ?? 0;
    if (before === 0 || first < (data[at + 1] ?? 0)) data[at + 1] = first;
    if (before === 0 || last > (data[at + 2] ?? 0)) data[at + 2] = last;
    data[at] = before + count;
  }

  count(id: number): number {
    return this.#data[3 * id] ?? 0;
  }

  first(id: number): number {
    return this.#data[3 * id + 1] ?? 0;
  }

  last(id: number): number {
    return this.#data[3 * id + 2] ?? 0;
  }

  /** As rows have it. */
  at(id: number): { readonly count: number; readonly first: string; readonly last: string } {
    return { count: this.count(id), first: iso(this.first(id)), last: iso(this.last(id)) };
  }

  #grow(): void {
    const larger = new Float64Array(this.#data.length * 2);
    larger.set(this.#data);
    this.#data = larger;
  }
}
