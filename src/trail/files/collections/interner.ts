import { toRenumbering, type Renumbering } from './pair-table.js';
import { at } from '../../../base/checked.js';

/** Interns values by a key, with indexes from 0. */
export class Interner<T> {
  readonly #numbers = new Map<string, number>();
  readonly #things: T[] = [];

  /** @param keyOf equal for equal values */
  constructor(private readonly keyOf: (thing: T) => string) {}

  add(thing: T): number {
    const key = this.keyOf(thing);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#things.length);
    return this.#things.push(thing) - 1;
  }

  /** Adds all values of another interner. */
  merge(things: readonly T[]): Renumbering {
    return toRenumbering(Int32Array.from(things, (thing) => this.add(thing)));
  }

  /** Values from an index. */
  from(first: number): T[] {
    return this.#things.slice(first);
  }

  get size(): number {
    return this.#things.length;
  }

  at(number: number): T {
    return at(this.#things, number);
  }

  /** @returns all indexes, in the order of their values */
  sorted(compare: (a: T, b: T) => number): number[] {
    return this.#things
      .map((thing, number) => ({ thing, number }))
      .sort((a, b) => compare(a.thing, b.thing))
      .map(({ number }) => number);
  }
}

/** The key of a string. */
export const textItself = (text: string): string => text;

/** A key for several strings. The length before each string makes the key unambiguous. */
export function joinKeys(texts: readonly (string | null)[]): string {
  let key = '';
  for (const text of texts) key += text === null ? '-' : `${text.length} ${text}`;
  return key;
}
