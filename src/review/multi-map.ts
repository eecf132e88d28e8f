import { append } from '../base/maps.js';
/**
 * Values by key, each key's handed out once. The rows of a trail are most of the memory of a large review: they go with the
 * principal that they are about.
 */
export class MultiMap<Key, Value> {
  readonly #lists = new Map<Key, Value[]>();

  add(key: Key, value: Value): void {
    append(this.#lists, key, value);
  }

  has(key: Key): boolean {
    return this.#lists.has(key);
  }

  /** The key's values in the order they came in, which are then forgotten. */
  take(key: Key): readonly Value[] {
    const list = this.#lists.get(key) ?? [];
    this.#lists.delete(key);
    return list;
  }
}
