import type { Principal } from '../iam/types.js';

/**
 * Rows by principal. A call into another account is recorded in both accounts' trails: the copy in the other account
 * only fills in calls that the principal's own trail lacks, so nothing counts twice and nothing is lost.
 */
export class Credited<Row extends { readonly recipientAccountId: string }> {
  readonly #own = new Map<Principal, Row[]>();
  readonly #foreign = new Map<Principal, Row[]>();
  readonly #keyOf: (row: Row) => string;

  /** @param keyOf rows with the same key are about the same calls */
  constructor(keyOf: (row: Row) => string) {
    this.#keyOf = keyOf;
  }

  add(principal: Principal, row: Row): void {
    const isOwn = row.recipientAccountId === 'unknown' || row.recipientAccountId === principal.accountId;
    const rows = isOwn ? this.#own : this.#foreign;
    const list = rows.get(principal);
    if (list === undefined) rows.set(principal, [row]);
    else list.push(row);
  }

  of(principal: Principal): readonly Row[] {
    const own = this.#own.get(principal) ?? [];
    const foreign = this.#foreign.get(principal);
    if (foreign === undefined) return own;
    const known = new Set(own.map(this.#keyOf));
    return [...own, ...foreign.filter((row) => !known.has(this.#keyOf(row)))];
  }
}
