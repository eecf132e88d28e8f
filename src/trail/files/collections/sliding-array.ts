import { IntList } from './int-list.js';

/** An array that drops its first elements over time. */
export class SlidingArray {
  #values = new IntList();
  #first = 0;

  /** @param none value of elements that are unset or dropped */
  constructor(private readonly none: number) {}

  at(index: number): number {
    const at = index - this.#first;
    return at < 0 || at >= this.#values.length ? this.none : this.#values.at(at);
  }

  /** Dropped elements stay dropped. */
  set(index: number, value: number): void {
    const at = index - this.#first;
    if (at < 0) return;
    this.#values.fillTo(at + 1, this.none);
    this.#values.set(at, value);
  }

  /** @param first index of the first retained element */
  forget(first: number): void {
    const kept = new IntList();
    kept.append(this.#values.from(first - this.#first));
    this.#values = kept;
    this.#first = first;
  }
}
