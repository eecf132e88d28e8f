import { CallCounts } from '../collections/call-counts.js';
import { PairTable, type Renumbering } from '../collections/pair-table.js';

export interface RowsPart {
  readonly pairs: Int32Array<ArrayBuffer>;
  readonly tally: Float64Array<ArrayBuffer>;
}

/** Pairs with their counts. */
export class Rows {
  readonly pairs = new PairTable();
  readonly tally = new CallCounts();

  part(): RowsPart {
    return { pairs: this.pairs.part(), tally: this.tally.part() };
  }

  /** As in PairTable. */
  merge({ pairs, tally }: RowsPart, first: Renumbering, second: Renumbering): Int32Array {
    const rows = this.pairs.merge(pairs, first, second);
    this.tally.merge(tally, rows);
    return rows;
  }
}
