import pLimit, { type LimitFunction } from 'p-limit';

/** Consecutive answers before one more query may run. */
const RECOVERY = 10;

/**
 * Number of concurrent queries: halved if the cluster is overloaded, increased by one after RECOVERY answers, never
 * above the configured maximum.
 */
export class AdaptiveConcurrency {
  readonly #limit: LimitFunction;
  readonly #most: number;
  #answers = 0;
  #slowedAt = -Infinity;

  constructor(most: number) {
    this.#most = Math.max(1, most);
    this.#limit = pLimit(this.#most);
  }

  get concurrency(): number {
    return this.#limit.concurrency;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#limit(work);
  }

  /** @param sentAt of the rejected request: requests sent before the last slowdown say nothing new */
  refused(sentAt: number): void {
    this.#answers = 0;
    if (sentAt < this.#slowedAt) return;
    this.#slowedAt = performance.now();
    this.#limit.concurrency = Math.max(1, Math.floor(this.concurrency / 2));
  }

  answered(): void {
    this.#answers += 1;
    if (this.#answers < RECOVERY || this.concurrency >= this.#most) return;
    this.#answers = 0;
    this.#limit.concurrency = this.concurrency + 1;
  }
}
