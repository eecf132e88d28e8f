/**
 * Within so many files for each reader the order is that of their paths, so account by account: each reader has its own accounts
 * (file-queue.ts), and what tells apart the callers and calls of one stays in memory that is near to the processor (docs/performance.md).
 */
export const BLOCK_OF_READER = 32;

/** Of a file. */
const TO_READ = 1;
const DONE = 2;

/**
 * The files to read, in the order of their delivery by and large, so that it is known early that all events before some time have
 * been read. Those of which nobody knows when they were delivered come first.
 */
export class Deliveries {
  /** Numbers of files. */
  readonly #order: Uint32Array;
  /** By the numbers of files. */
  readonly #state: Uint8Array;
  /** Of each block: no file in it, nor in those that follow, was delivered before. Seconds since 1970. */
  readonly #times: Float64Array;
  /** All files before this one are done, and some behind it. */
  #next = 0;
  #done = 0;

  /**
   * @param files numbers of those to read, in the order of their paths
   * @param times by the numbers of files: seconds since 1970, -Infinity where nobody knows
   * @param lateness no event happened longer before its delivery: seconds
   * @param block files in a block
   */
  constructor(
    files: Uint32Array,
    times: Float64Array,
    private readonly lateness: number,
    private readonly block: number,
  ) {
    const timeOf = (file: number | undefined): number => times[file ?? -1] ?? -Infinity;
    // Two that nobody knows differ by NaN, which decides nothing either.
    this.#order = files.toSorted((a, b) => timeOf(a) - timeOf(b) || a - b);
    this.#state = new Uint8Array(times.length);
    for (const file of files) this.#state[file] = TO_READ;
    this.#times = new Float64Array(Math.ceil(files.length / block));
    for (let at = 0; at < files.length; at += block) {
      this.#times[at / block] = timeOf(this.#order[at]);
      this.#order.subarray(at, at + block).sort();
    }
  }

  get size(): number {
    return this.#order.length;
  }

  get done(): number {
    return this.#done;
  }

  /** @returns whether it is to be read and is not done */
  has(file: number): boolean {
    return this.#state[file] === TO_READ;
  }

  /** Those that are not done, by blocks, of which some may be empty. */
  left(): Uint32Array[] {
    return Array.from(this.#times, (_, block) =>
      this.#order.subarray(block * this.block, (block + 1) * this.block).filter((file) => this.has(file)),
    );
  }

  /** @param file that has been read, or never will be */
  finish(file: number): void {
    this.#state[file] = DONE;
    this.#done += 1;
    while (this.#state[this.#order[this.#next] ?? -1] === DONE) this.#next += 1;
  }

  /** Nothing that happened before is still to come: seconds since 1970. */
  get settled(): number {
    if (this.#next === this.size) return Infinity;
    return (this.#times[Math.floor(this.#next / this.block)] ?? -Infinity) - this.lateness;
  }
}
