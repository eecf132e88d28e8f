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
