import { compareText } from '../aggregate.js';
import { deliveryTimeOf, LATEST_DELIVERY, SLACK } from './delivery.js';

/**
 * Within so many files the order is that of their paths, so account by account: what tells apart the callers and calls of an account
 * stays in memory that is near to the processor (docs/performance.md).
 */
const BLOCK = 250;

/**
 * The files to read, in the order of their delivery by and large, so that it is known early that all events before some time have
 * been read. Those of which nobody knows when they were delivered come first.
 */
export class Deliveries {
  readonly #paths: readonly string[];
  readonly #all: ReadonlySet<string>;
  /** Of each block: no file in it, nor in those that follow, was delivered before. Seconds since 1970. */
  readonly #times: number[] = [];
  /** All files before this one are done, and some behind it. */
  #next = 0;
  readonly #done = new Set<string>();

  constructor(
    paths: readonly string[],
    private readonly block = BLOCK,
  ) {
    const files = paths
      .map((path) => ({ path, time: deliveryTimeOf(path) ?? -Infinity }))
      .sort((a, b) => a.time - b.time || compareText(a.path, b.path));
    const sorted: string[] = [];
    for (let at = 0; at < files.length; at += block) {
      this.#times.push(files[at]?.time ?? -Infinity);
      const together = files.slice(at, at + block).map(({ path }) => path);
      sorted.push(...together.sort(compareText));
    }
    this.#paths = sorted;
    this.#all = new Set(paths);
  }

  get size(): number {
    return this.#paths.length;
  }

  get done(): number {
    return this.#next + this.#done.size;
  }

  has(path: string): boolean {
    return this.#all.has(path);
  }

  /** Those that are not done. */
  left(): string[] {
    return this.#paths.slice(this.#next).filter((path) => !this.#done.has(path));
  }

  /** @param path that has been read, or never will be */
  finish(path: string): void {
    this.#done.add(path);
    while (this.#done.delete(this.#paths[this.#next] ?? '')) this.#next += 1;
  }

  /** Nothing that happened before is still to come: seconds since 1970. */
  get settled(): number {
    if (this.#next === this.#paths.length) return Infinity;
    return (this.#times[Math.floor(this.#next / this.block)] ?? -Infinity) - LATEST_DELIVERY - SLACK;
  }
}
