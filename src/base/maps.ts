/** What `Map` and `WeakMap` have in common. */
interface Entries<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** Adds to the number of a key. A key without a number has 0. */
export function increment<K>(counts: Entries<K, number>, key: K, by = 1): void {
  counts.set(key, countOf(counts, key) + by);
}

/** The number of a key; 0 if it has none. */
export const countOf = <K>(counts: Pick<Entries<K, number>, 'get'>, key: K): number => counts.get(key) ?? 0;

/** Adds a value to the list of a key. */
export function append<K, V>(lists: Entries<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Items by key, in their order. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) append(groups, key(item), item);
  return groups;
}

/** The value of a key; if it has none, the given one, which then is its value. */
export function getOrInsert<K, V>(map: Entries<K, V>, key: K, value: V): V {
  return getOrInsertComputed(map, key, () => value);
}

/** As `getOrInsert`, but computes the value only if the key has none. */
export function getOrInsertComputed<K, V>(map: Entries<K, V>, key: K, compute: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = compute();
  map.set(key, value);
  return value;
}
