import type { RequestContents } from '../../../base/requests/reader.js';
import { CallCounts } from '../collections/call-counts.js';
import { PairTable } from '../collections/pair-table.js';
import { at } from '../../../base/checked.js';

/** Counts a reader's events whose requests have something: pairs of a pair of caller and call and the index of the contents. */
export class RequestCounts {
  readonly #contents: RequestContents[] = [];
  readonly #pairs = new PairTable();
  readonly #tally = new CallCounts();

  addContents(contents: readonly RequestContents[]): void {
    for (const one of contents) this.#contents.push(one);
  }

  count(pair: number, contents: number, seconds: number): void {
    this.#tally.add(this.#pairs.intern(pair, contents), seconds);
  }

  /** @param take receives each distinct pair; times are seconds since 1970 */
  each(
    take: (pair: number, contents: RequestContents, count: number, first: number, last: number) => void,
  ): void {
    for (let row = 0; row < this.#pairs.size; row += 1) {
      const contents = at(this.#contents, this.#pairs.second(row));
      const tally = this.#tally;
      take(this.#pairs.first(row), contents, tally.count(row), tally.first(row), tally.last(row));
    }
  }
}
