import { DAY_SECONDS } from '../../../base/time.js';
import { at } from '../../../base/checked.js';

/**
 * Maximum age of an event at the delivery of its file, in seconds: CloudTrail retries delivery for some days. Memory
 * grows with it, so reading starts with the first value, and starts again with the next one if a file has an older event.
 */
export const LATENESS = [DAY_SECONDS, 8 * DAY_SECONDS, Infinity] as const;

/**
 * Files per block. Within a block, files are sorted by path, and so by account: the callers and calls of one
 * account then stay in the processor cache. Without blocks, readers take 8 to 10% longer
 * (docs/notes/files-engine.md).
 */
export const BLOCK = 64;

/**
 * Order in which files are read: blocks in the order of delivery, so that it is known early that all events before
 * some time have been read. Files without delivery time come first.
 */
export class DeliveryOrder {
  /** Indexes of files in reading order. */
  readonly order: Uint32Array;
  /** By index of the file. */
  readonly #isDone: Uint8Array;
  /** By block: no file in this or a later block was delivered earlier. Seconds since 1970. */
  readonly #times: Float64Array;
  /** All files before this position are done. */
  #next = 0;
  #done = 0;

  /**
   * @param files indexes of the files to read, in the order of their paths
   * @param times time of delivery by file index: seconds since 1970, -Infinity if unknown
   * @param lateness maximum age of an event at the delivery of its file, in seconds
   * @param block files per block
   */
  constructor(
    files: Uint32Array,
    times: Float64Array,
    private readonly lateness: number,
    private readonly block = BLOCK,
  ) {
    const timeOf = (file: number): number => at(times, file);
    // The difference of two unknown times is NaN, so the index decides.
    this.order = files.toSorted((a, b) => timeOf(a) - timeOf(b) || a - b);
    this.#isDone = new Uint8Array(times.length);
    this.#times = new Float64Array(Math.ceil(files.length / block));
    for (let first = 0; first < files.length; first += block) {
      this.#times[first / block] = timeOf(at(this.order, first));
      this.order.subarray(first, first + block).sort();
    }
  }

  get size(): number {
    return this.order.length;
  }

  get done(): number {
    return this.#done;
  }

  /** @param file index of a file that has been read, or will never be */
  finish(file: number): void {
    this.#isDone[file] = 1;
    this.#done += 1;
    while (this.#next < this.size && at(this.#isDone, at(this.order, this.#next)) === 1) this.#next += 1;
  }

  /** No event before this time will follow: seconds since 1970. */
  get completeUntil(): number {
    if (this.#next === this.size) return Infinity;
    return at(this.#times, Math.floor(this.#next / this.block)) - this.lateness;
  }
}
