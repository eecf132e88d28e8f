/** A fault of the program itself. Printed with its stack. */
class InternalError extends Error {
  override name = 'InternalError';
}

/**
 * The item at an index that exists unless the program is wrong. For an index that may be missing, read the list itself.
 * @throws InternalError
 */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const item = list[index];
  if (item === undefined) throw new InternalError(`no item at index ${index} of ${list.length}`);
  return item;
}

/**
 * The value of a key that exists unless the program is wrong. For a key that may be missing, read the map itself.
 * @throws InternalError
 */
export function valueAt<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new InternalError(`no value at key ${String(key)}`);
  return value;
}

/** A value that is there unless the program is wrong. @throws InternalError with its name */
export function required<T>(value: T | null | undefined, name: string): T {
  if (value === undefined || value === null) throw new InternalError(`${name} is missing`);
  return value;
}
