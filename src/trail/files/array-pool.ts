/**
 * Arrays of numbers that are used again. V8 seldom looks at memory that has been in use for long, as that for some days' events:
 * without this, tens of megabytes that nobody needs any more would be left until it does.
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
