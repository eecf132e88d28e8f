import { increment } from '../base/maps.js';
export interface Timings {
  /** In order of their first start; seconds. */
  readonly stages: readonly { readonly name: string; readonly seconds: number }[];
  /** Peak memory of the process (RSS) in MB. */
  readonly peakMb: number;
}

/** Measures the stages of a run. One stage at a time; a stage can be entered several times. */
export class Stopwatch {
  readonly #seconds = new Map<string, number>();
  #stage: string | null = null;
  #since = 0;

  /** Ends the current stage and starts another. */
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
