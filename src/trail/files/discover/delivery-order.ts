/**
 * Files in a block. Within a block they are in the order of their paths, so account by account: the callers and calls of one account stay
 * near the processor. Purely by delivery, readers take 8 to 10 % longer (docs/notes/files-engine.md).
 */
export const BLOCK = 64;

/**
 * The files to read, in the order of their delivery by and large, so that it is known early that all events before some time have
 * been read. Those of which nobody knows when they were delivered come first.
 */
export class DeliveryOrder {
  /** Indices of files in the order to read them. */
  readonly order: Uint32Array;
  /** By the indices of files. */
  readonly #isDone: Uint8Array;
  /** Of each block: no file in it, nor in those that follow, was delivered before. Seconds since 1970. */
  readonly #times: Float64Array;
  /** All files before this one are done, and some behind it. */
  #next = 0;
  #done = 0;

  /**
   * @param files indices of those to read, in the order of their paths
   * @param times by the indices of files: seconds since 1970, -Infinity where nobody knows
   * @param lateness no event happened longer before its delivery: seconds
   * @param block files in a block
   */
  constructor(
    files: Uint32Array,
    times: Float64Array,
    private readonly lateness: number,
    private readonly block = BLOCK,
  ) {
    const timeOf = (file: number | undefined): number => times[file ?? -1] ?? -Infinity;
    // Two that nobody knows differ by NaN, which decides nothing either.
    this.order = files.toSorted((a, b) => timeOf(a) - timeOf(b) || a - b);
    this.#isDone = new Uint8Array(times.length);
    this.#times = new Float64Array(Math.ceil(files.length / block));
    for (let at = 0; at < files.length; at += block) {
      this.#times[at / block] = timeOf(this.order[at]);
      this.order.subarray(at, at + block).sort();
    }
  }

  get size(): number {
    return this.order.length;
  }

  get done(): number {
    return this.#done;
  }

  /** @param file that has been read, or never will be */
  finish(file: number): void {
    this.#isDone[file] = 1;
    this.#done += 1;
    while (this.#isDone[this.order[this.#next] ?? -1] === 1) this.#next += 1;
  }

  /** Nothing that happened before is still to come: seconds since 1970. */
  get completeUntil(): number {
    if (this.#next === this.size) return Infinity;
    return (this.#times[Math.floor(this.#next / this.block)] ?? -Infinity) - this.lateness;
  }
}
