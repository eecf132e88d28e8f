import { parse } from 'csv-parse/sync';
import type { Sink } from '../../report/staging/hash-file.js';
import { CsvRowCounter } from './rows.js';
import { VERIFY_DETAILS } from '../../wording/verify.js';

/** About 50 cells of at most 32,767 characters. */
const LONGEST_ROW = 1 << 23;

export interface ReviewRowsFacts {
  readonly rows: number;
  readonly incomplete: number;
  /** Page of each principal, relative to the report. */
  readonly pages: ReadonlySet<string>;
  /** null if a truncated cell does not list all of them. */
  readonly policyFiles: ReadonlySet<string> | null;
}

/** Reads what other files of the report must match from csv/access-review.csv. */
export class ReviewRows implements Sink {
  readonly #counter = new CsvRowCounter();
  readonly #pages = new Set<string>();
  readonly #policyFiles = new Set<string>();
  #columns: readonly string[] | undefined;
  #incomplete = 0;
  #allPolicyFiles = true;
  #unread: Buffer[] = [];
  #length = 0;

  /** @throws Error if a row is too long, or quotes are unbalanced */
  take(piece: Buffer): void {
    const end = this.#counter.take(piece);
    this.#unread.push(Buffer.from(piece.subarray(0, end === 0 ? piece.length : end)));
    this.#length += piece.length;
    if (end === 0) {
      if (this.#length > LONGEST_ROW) throw new Error(VERIFY_DETAILS.longRow(LONGEST_ROW));
      return;
    }
    this.#read();
    this.#unread = [Buffer.from(piece.subarray(end))];
    this.#length = piece.length - end;
  }

  #read(): void {
    const rows = parse(Buffer.concat(this.#unread), { bom: true, relax_column_count: true });
    this.#unread = [];
    for (const row of rows) {
      if (this.#columns === undefined) this.#columns = row;
      else this.#add(row, this.#columns);
    }
  }

  #add(row: readonly string[], columns: readonly string[]): void {
    const cell = (name: string): string => row[columns.indexOf(name)] ?? '';
    this.#pages.add(cell('report_link'));
    if (cell('data_completeness') === 'incomplete') this.#incomplete += 1;
    for (const path of cell('suggested_policy_file').split('; ')) {
      if (path.startsWith('…')) this.#allPolicyFiles = false;
      else if (path !== '') this.#policyFiles.add(path);
    }
  }

  /** @throws Error like `take` */
  facts(): ReviewRowsFacts {
    this.#read();
    return {
      rows: this.#counter.rows,
      incomplete: this.#incomplete,
      pages: this.#pages,
      policyFiles: this.#allPolicyFiles ? this.#policyFiles : null,
    };
  }
}
