import { FILE_PROGRESS } from '../../../wording/log-files.js';
import { PROGRESS } from '../../../wording/progress.js';

/** Reports the rate and, if known, the remaining time. */
export class ReadProgress {
  readonly #begin = performance.now();

  /**
   * @param done number of files out of `total`
   * @param events so far
   */
  text(done: number, total: number, events: number): string {
    const seconds = (performance.now() - this.#begin) / 1000;
    if (seconds < 2 || done === 0) return PROGRESS.files(done, total, events);
    const left = Math.ceil((seconds / done) * (total - done));
    return FILE_PROGRESS.rate(done, total, events, Math.round(events / seconds), left);
  }
}
