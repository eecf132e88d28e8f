/** Numbers things by what is the same about them, from 0 on, and keeps each once. */
export class Numbering<T> {
  readonly #numbers = new Map<string, number>();
  readonly #things: T[] = [];

  /** @param same parts that make two things the same */
  add(thing: T, same: readonly (string | boolean | null)[]): number {
    const key = JSON.stringify(same);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#things.length);
    return this.#things.push(thing) - 1;
  }

  /** Those with numbers from `first` on. */
  from(first: number): T[] {
    return this.#things.slice(first);
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
