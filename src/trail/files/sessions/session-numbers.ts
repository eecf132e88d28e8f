import { IntList } from '../collections/int-list.js';
import { PairTable } from '../collections/pair-table.js';

/** Indexes for 64-bit keys, from 0. A dropped key never gets its index again. */
export class SessionNumbers {
  #table = new PairTable();
  /** By pair in the table. */
  #numbers = new IntList();
  #next = 0;

  /** Number of retained keys. */
  get size(): number {
    return this.#table.size;
  }

  numberFor(high: number, low: number): number {
    const known = this.#table.intern(high, low);
    if (known < this.#numbers.length) return this.#numbers.at(known);
    this.#numbers.push(this.#next);
    return this.#next++;
  }

  /** @returns the lowest retained index; no lower one will follow */
  forget(isOver: (number: number) => boolean): number {
    const table = new PairTable();
    const numbers = new IntList();
    for (let pair = 0; pair < this.#table.size; pair += 1) {
      const number = this.#numbers.at(pair);
      if (isOver(number)) continue;
      table.intern(this.#table.first(pair), this.#table.second(pair));
      numbers.push(number);
    }
    this.#table = table;
    this.#numbers = numbers;
    // Ascending.
    return numbers.length === 0 ? this.#next : numbers.at(0);
  }
}
