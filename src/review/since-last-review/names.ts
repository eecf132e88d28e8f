import { add, emptySet } from '../../catalog/action-set.js';
import type { ActionSet } from '../../catalog/types.js';

/**
 * Numbers for action names, given as they come: two reviews may know different lists of actions. Sets with the same
 * members are the same object, since many principals are granted the same; do not change them. Sets may be of different
 * lengths, which the functions of action-set that read from the left allow (`subtract`, `intersect`).
 */
export class ActionNames {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #sets = new Map<string, ActionSet>();

  setOf(...lists: readonly (readonly string[])[]): ActionSet {
    const numbers = lists.flatMap((names) => names.map((name) => this.#number(name)));
    const set = emptySet(numbers.reduce((most, number) => Math.max(most, number + 1), 0));
    for (const number of numbers) add(set, number);
    const key = Buffer.from(set.buffer).toString('latin1');
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    this.#sets.set(key, set);
    return set;
  }

  name(number: number): string {
    return this.#names[number] ?? '';
  }

  #number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.push(name) - 1;
    this.#numbers.set(name, number);
    return number;
  }
}
