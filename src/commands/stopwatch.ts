import { increment } from '../base/maps.js';
export interface Timings {
  /** In order of their first beginning; seconds. */
  readonly stages: readonly { readonly name: string; readonly seconds: number }[];
  /** The most memory that the process ever held (RSS), in MB. */
  readonly peakMb: number;
}

/** Measures the stages of a run. One is on at a time, and can be on more than once. */
export class Stopwatch {
  readonly #seconds = new Map<string, number>();
  #stage: string | null = null;
  #since = 0;

  /** Ends the stage that is on, and begins another. */
  enter(stage: string): void {
    this.#end();
    this.#stage = stage;
    if (!this.#seconds.has(stage)) this.#seconds.set(stage, 0);
  }

  /** Ends the last stage. */
  timings(): Timings {
    this.#end();
    return {
      stages: [...this.#seconds].map(([name, seconds]) => ({ name, seconds })),
      peakMb: process.resourceUsage().maxRSS / 1024,
    };
  }

  #end(): void {
    const now = performance.now();
    if (this.#stage !== null) increment(this.#seconds, this.#stage, (now - this.#since) / 1000);
    this.#stage = null;
    this.#since = now;
  }
}
