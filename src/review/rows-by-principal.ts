import type { Principal } from '../iam/types.js';
import type { ActivityRow } from '../trail/types.js';
import { MultiMap } from './multi-map.js';

/** Calls of one kind and outcome: a trail can record calls that were denied and lack those that succeeded elsewhere. */
export const callKey = ({
  eventSource,
  eventName,
  outcome,
}: Pick<ActivityRow, 'eventSource' | 'eventName' | 'outcome'>): string =>
  `${eventSource}\n${eventName}\n${outcome}`;

/**
 * Rows by principal. Both accounts record a call into another account: the copy in the other account only adds
 * calls that the principal's own trail lacks, so nothing counts twice and nothing is lost.
 */
export class RowsByPrincipal<Row extends { readonly recipientAccountId: string }> {
  readonly #own = new MultiMap<Principal, Row>();
  readonly #foreign = new MultiMap<Principal, Row>();
  readonly #keyOf: (row: Row) => string;

  /** @param keyOf rows with the same key are about the same calls */
  constructor(keyOf: (row: Row) => string) {
    this.#keyOf = keyOf;
  }

  add(principal: Principal, row: Row): void {
    const isOwn = row.recipientAccountId === 'unknown' || row.recipientAccountId === principal.accountId;
    (isOwn ? this.#own : this.#foreign).add(principal, row);
  }

  has(principal: Principal): boolean {
    return this.#own.has(principal) || this.#foreign.has(principal);
  }

  /** Call it once per principal: its rows are dropped. */
  take(principal: Principal): readonly Row[] {
    const own = this.#own.take(principal);
    const foreign = this.#foreign.take(principal);
    if (foreign.length === 0) return own;
    const known = new Set(own.map(this.#keyOf));
    return [...own, ...foreign.filter((row) => !known.has(this.#keyOf(row)))];
  }
}
