import { at } from '../../base/checked.js';
import { add, emptySet } from '../../catalog/action-set.js';
import type { ActionSet } from '../../catalog/types.js';

/**
 * Numbers for action names, assigned in order of arrival: two reviews can have different catalogs. Equal sets are
 * the same object, because many principals have the same grants; do not change them. Sets can differ in length,
 * which `subtract` and `intersect` of action-set allow.
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
    return at(this.#names, number);
  }

  #number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.push(name) - 1;
    this.#numbers.set(name, number);
    return number;
  }
}
