import { toRenumbering, type Renumbering } from './pair-table.js';

/** Numbers things by what is the same about them, from 0 on, and keeps each once. */
export class Interner<T> {
  readonly #numbers = new Map<string, number>();
  readonly #things: T[] = [];

  /** @param keyOf a text that is the same for things that are the same */
  constructor(private readonly keyOf: (thing: T) => string) {}

  add(thing: T): number {
    const key = this.keyOf(thing);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#things.length);
    return this.#things.push(thing) - 1;
  }

  /** Adds all that another one has. */
  merge(things: readonly T[]): Renumbering {
    return toRenumbering(Int32Array.from(things, (thing) => this.add(thing)));
  }

  /** Those with numbers from `first` on. */
  from(first: number): T[] {
    return this.#things.slice(first);
  }

  get size(): number {
    return this.#things.length;
  }

  at(number: number): T | undefined {
    return this.#things[number];
  }

  /** @returns all numbers, in the order of their things */
  sorted(compare: (a: T, b: T) => number): number[] {
    return this.#things
      .map((thing, number) => ({ thing, number }))
      .sort((a, b) => compare(a.thing, b.thing))
      .map(({ number }) => number);
  }
}

/** The key of a thing that is a text. */
export const textItself = (text: string): string => text;

/** A key for several texts: each with its length, so that no others make the same. */
export function joinKeys(texts: readonly (string | null)[]): string {
  let key = '';
  for (const text of texts) key += text === null ? '-' : `${text.length} ${text}`;
  return key;
}
