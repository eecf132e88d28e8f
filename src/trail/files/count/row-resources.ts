import { resourceSet, type Resources } from '../../resources/set.js';
import { MAX_RESOURCES } from '../../types.js';
import { textItself, Interner } from '../collections/interner.js';
import { intAt } from '../collections/checked.js';
import { getOrInsert } from '../../../base/maps.js';

/** Indexes of ARNs without duplicates; null like in `Resources`. */
export type ArnNumbers = readonly number[] | null;

/** By row; undefined for a row without resources. */
type ArnsOfRows = readonly (ArnNumbers | undefined)[];

/** Argument of `merge`. */
export interface ResourcesPart {
  readonly arns: readonly string[];
  readonly rows: ArnsOfRows;
}

/** Resources of rows, as indexes: of millions of calls, nearly all add nothing new. */
export class RowResources {
  readonly #arns = new Interner<string>(textItself);
  readonly #rows: (number[] | null | undefined)[] = [];

  numbersOf(resources: Resources): ArnNumbers {
    return resources?.map((arn) => this.#arns.add(arn)) ?? null;
  }

  hasTooMany(row: number): boolean {
    return this.#rows[row] === null;
  }

  /** Adds resources to a row. More than `MAX_RESOURCES` count as unknown (null). */
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

  /** Without the ARNs of rows that have too many. */
  part(): ResourcesPart {
    const used = new Map<number, number>();
    const numberOf = (arn: number): number => getOrInsert(used, arn, used.size);
    const rows = this.#rows.map((known) => known && known.map(numberOf));
    return { arns: [...used.keys()].map((arn) => this.#arns.at(arn)), rows };
  }

  /** @param rows index in this object for each row of the part */
  merge({ arns, rows: theirs }: ResourcesPart, rows: Int32Array): void {
    const numberOf = this.#arns.merge(arns);
    for (const [row, known] of theirs.entries())
      if (known !== undefined) this.add(intAt(rows, row), known?.map(numberOf) ?? null);
  }

  /** @returns undefined for a row without resources */
  of(row: number): Resources | undefined {
    const known = this.#rows[row];
    return known && resourceSet(known.map((arn) => this.#arns.at(arn)));
  }
}
