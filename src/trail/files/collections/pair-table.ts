import { IntList } from './int-list.js';
import { intAt } from './checked.js';

/*
 * Interning in typed arrays: millions of records have the same few thousand callers, calls and resources. These
 * tables use a fraction of the memory and time of Maps with string keys, and are sent between threads unchanged.
 */

/** Random, so that nobody can craft logs with colliding hashes. */
const SEED = Math.floor(Math.random() * 2 ** 32) | 0;

/** Translates an index of another thread. */
export type Renumbering = (number: number) => number;

export const toRenumbering =
  (numbers: Int32Array): Renumbering =>
  (number) =>
    intAt(numbers, number);

/** Interns pairs of numbers, with indexes from 0. Longer tuples are pairs of pairs. */
export class PairTable {
  /** Open addressing. A slot has the pair and its index plus one: memory accesses take most of the time. */
  #slots = new Int32Array(SLOT * 1024);
  readonly #pairs = new IntList();

  get size(): number {
    return this.#pairs.length / 2;
  }

  intern(a: number, b: number): number {
    const slots = this.#slots;
    const at = placeOf(slots, a, b);
    const known = intAt(slots, at + 2);
    if (known !== 0) return known - 1;
    const id = this.size;
    this.#pairs.push(a);
    this.#pairs.push(b);
    slots[at] = a;
    slots[at + 1] = b;
    slots[at + 2] = id + 1;
    if (4 * SLOT * this.size > 3 * slots.length) this.#grow();
    return id;
  }

  /** Argument of `merge`. */
  part(): Int32Array<ArrayBuffer> {
    return this.#pairs.from(0);
  }

  /**
   * @param first, second translate the numbers of the pairs
   * @returns index in this table for each pair of the part
   */
  merge(part: Int32Array, first: Renumbering, second: Renumbering): Int32Array {
    const ids = new Int32Array(part.length / 2);
    for (let id = 0; id < ids.length; id += 1)
      ids[id] = this.intern(first(intAt(part, 2 * id)), second(intAt(part, 2 * id + 1)));
    return ids;
  }

  first(id: number): number {
    return this.#pairs.at(2 * id);
  }

  second(id: number): number {
    return this.#pairs.at(2 * id + 1);
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let id = 0; id < this.size; id += 1) {
      const at = placeOf(slots, this.first(id), this.second(id));
      slots[at] = this.first(id);
      slots[at + 1] = this.second(id);
      slots[at + 2] = id + 1;
    }
    this.#slots = slots;
  }
}

/** Numbers per slot. */
const SLOT = 3;

/** @returns slot of a pair, or the free slot for it */
function placeOf(slots: Int32Array, a: number, b: number): number {
  let hash = Math.imul(a ^ SEED, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x85ebca6b);
  hash ^= hash >>> 15;
  const mask = slots.length / SLOT - 1;
  let place = hash & mask;
  for (;;) {
    const at = SLOT * place;
    if (slots[at + 2] === 0 || (slots[at] === a && slots[at + 1] === b)) return at;
    place = (place + 1) & mask;
  }
}
