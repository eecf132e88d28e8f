/** Reports the rate and, if known, the remaining time. */
export class ReadProgress {
  readonly #begin = performance.now();

  /**
   * @param done number of files out of `total`
   * @param events so far
   */
  text(done: number, total: number, events: number): string {
    const seconds = (performance.now() - this.#begin) / 1000;
    const progress = `read ${done} of ${total} files, ${events} events`;
    if (seconds < 2 || done === 0) return progress;
    const left = Math.ceil((seconds / done) * (total - done));
    return `${progress}, ${Math.round(events / seconds)} a second, ${left < 120 ? `${left} s` : `${Math.round(left / 60)} min`} left`;
  }
}
