import pLimit, { type LimitFunction } from 'p-limit';

/** Answers in a row after which one more query may run. */
const RECOVERY = 10;

/**
 * How many queries run at once: half as many each time the cluster says that it is too much, one more after each RECOVERY
 * answers, never more than was asked for.
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

  /** @param sentAt of the refused request: those sent before the last slowdown say nothing new */
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
