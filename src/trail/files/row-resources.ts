import { resourceSet, type Resources } from '../resources/set.js';
import { MAX_RESOURCES } from '../types.js';
import { Numbering } from './numbering.js';

/** Numbers of ARNs, each once; null as in `Resources`. */
export type ArnNumbers = readonly number[] | null;

/** The resources of rows, by the numbers of both: millions of calls are merged, of which nearly all bring nothing new. */
export class RowResources {
  readonly #arns = new Numbering<string>();
  readonly #rows: (number[] | null | undefined)[] = [];

  numbersOf(resources: Resources): ArnNumbers {
    return resources?.map((arn) => this.#arns.add(arn, [arn])) ?? null;
  }

  /** As `merge`. */
  add(row: number, arns: ArnNumbers): void {
    while (this.#rows.length <= row) this.#rows.push(undefined);
    const known = this.#rows[row];
    if (known === null) return;
    if (arns === null || known === undefined) {
      this.#rows[row] = arns === null ? null : [...arns];
      return;
    }
    for (const arn of arns) if (!known.includes(arn)) known.push(arn);
    if (known.length > MAX_RESOURCES) this.#rows[row] = null;
  }

  /** @returns undefined for a row of which there are none */
  of(row: number): Resources | undefined {
    const known = this.#rows[row];
    return known && resourceSet(known.map((arn) => this.#arns.at(arn) ?? ''));
  }
}
