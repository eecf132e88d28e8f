/**
 * Arrays of numbers that are used again. What waits for some days' events is given up long after V8 has stopped to look at it often:
 * tens of megabytes would be left over until it does.
 */
export class ArrayPool {
  readonly #free = new Map<number, Int32Array[]>();

  /** @returns zeros */
  take(length: number): Int32Array {
    return this.#free.get(length)?.pop()?.fill(0) ?? new Int32Array(length);
  }

  /** @param array that nobody uses any more */
  give(array: Int32Array): void {
    const same = this.#free.get(array.length);
    if (same === undefined) this.#free.set(array.length, [array]);
    else same.push(array);
  }
}
