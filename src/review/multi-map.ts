import { append } from '../base/maps.js';
/**
 * Values by key, each key readable once. Rows of logs use most of the memory of a large review: they are dropped
 * with their principal.
 */
export class MultiMap<Key, Value> {
  readonly #lists = new Map<Key, Value[]>();

  add(key: Key, value: Value): void {
    append(this.#lists, key, value);
  }

  has(key: Key): boolean {
    return this.#lists.has(key);
  }

  /** Returns the values of the key in order of arrival, and drops them. */
  take(key: Key): readonly Value[] {
    const list = this.#lists.get(key) ?? [];
    this.#lists.delete(key);
    return list;
  }
}
