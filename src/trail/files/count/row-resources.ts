import { resourceSet, type Resources } from '../../resources/set.js';
import { MAX_RESOURCES } from '../../types.js';
import { textItself, Interner } from '../collections/interner.js';

/** Numbers of ARNs, each once; null as in `Resources`. */
export type ArnNumbers = readonly number[] | null;

/** Numbers of the ARNs of each row; undefined for a row that has none. */
type ArnsOfRows = readonly (ArnNumbers | undefined)[];

/** What `merge` takes. */
export interface ResourcesPart {
  readonly arns: readonly string[];
  readonly rows: ArnsOfRows;
}

/** The resources of rows, by the numbers of both: millions of calls are merged, of which nearly all bring nothing new. */
export class RowResources {
  readonly #arns = new Interner<string>(textItself);
  readonly #rows: (number[] | null | undefined)[] = [];

  numbersOf(resources: Resources): ArnNumbers {
    return resources?.map((arn) => this.#arns.add(arn)) ?? null;
  }

  hasTooMany(row: number): boolean {
    return this.#rows[row] === null;
  }

  /** What a row has gets more; more than `MAX_RESOURCES` are as good as all, and so is null. */
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

  /** Without the ARNs of rows that got too many. */
  part(): ResourcesPart {
    const used = new Map<number, number>();
    const numberOf = (arn: number): number => {
      const number = used.get(arn) ?? used.size;
      used.set(arn, number);
      return number;
    };
    const rows = this.#rows.map((known) => known && known.map(numberOf));
    return { arns: [...used.keys()].map((arn) => this.#arns.at(arn) ?? ''), rows };
  }

  /** @param rows what the numbers of the part's rows are here */
  merge({ arns, rows: theirs }: ResourcesPart, rows: Int32Array): void {
    const numberOf = this.#arns.merge(arns);
    for (const [row, known] of theirs.entries())
      if (known !== undefined) this.add(rows[row] ?? 0, known?.map(numberOf) ?? null);
  }

  /** @returns undefined for a row of which there are none */
  of(row: number): Resources | undefined {
    const known = this.#rows[row];
    return known && resourceSet(known.map((arn) => this.#arns.at(arn) ?? ''));
  }
}
