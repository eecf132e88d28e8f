/**
 * Files in a block. Within a block, files are in the order of their paths, so by account: the callers and calls of one account then stay
 * in the processor's cache. Without blocks, readers take 8 to 10 % longer (docs/notes/files-engine.md).
 */
export const BLOCK = 64;

/**
 * The files to read, by blocks in the order of delivery, so that it is known early that all events before some time have been read. Files
 * without a delivery time come first.
 */
export class DeliveryOrder {
  /** Indices of files, in the order in which to read them. */
  readonly order: Uint32Array;
  /** By index of the file. */
  readonly #isDone: Uint8Array;
  /** By block: no file in it or in a later block was delivered earlier. Seconds since 1970. */
  readonly #times: Float64Array;
  /** All files before this position are done. */
  #next = 0;
  #done = 0;

  /**
   * @param files indices of the files to read, in the order of their paths
   * @param times time of delivery by file index: seconds since 1970, -Infinity when unknown
   * @param lateness no event is older than this at the delivery of its file: seconds
   * @param block files in a block
   */
  constructor(
    files: Uint32Array,
    times: Float64Array,
    private readonly lateness: number,
    private readonly block = BLOCK,
  ) {
    const timeOf = (file: number | undefined): number => times[file ?? -1] ?? -Infinity;
    // Two unknown times differ by NaN, so that the index decides.
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

  /** @param file index of a file that has been read, or never will be */
  finish(file: number): void {
    this.#isDone[file] = 1;
    this.#done += 1;
    while (this.#isDone[this.order[this.#next] ?? -1] === 1) this.#next += 1;
  }

  /** No event before this time is still to come: seconds since 1970. */
  get completeUntil(): number {
    if (this.#next === this.size) return Infinity;
    return (this.#times[Math.floor(this.#next / this.block)] ?? -Infinity) - this.lateness;
  }
}
