import { IntList } from './pair-table.js';

/** Numbers by index, of which the first ones are forgotten from time to time. */
export class SlidingArray {
  #values = new IntList();
  #first = 0;

  /** @param none what there is where nothing was set, or is forgotten */
  constructor(private readonly none: number) {}

  at(index: number): number {
    const at = index - this.#first;
    return at < 0 || at >= this.#values.length ? this.none : this.#values.at(at);
  }

  /** Forgotten ones stay so. */
  set(index: number, value: number): void {
    const at = index - this.#first;
    if (at < 0) return;
    this.#values.fillTo(at + 1, this.none);
    this.#values.set(at, value);
  }

  /** @param first of those that are kept */
  forget(first: number): void {
    const kept = new IntList();
    kept.append(this.#values.from(first - this.#first));
    this.#values = kept;
    this.#first = first;
  }
}
