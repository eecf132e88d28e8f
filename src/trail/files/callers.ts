import { hasText } from './padded.js';
import { callerOf, type Caller } from './record.js';
import { CONTEXT, IDENTITY, ISSUER, type RawRecord } from './scan.js';
import type { TupleTable, Walker } from './walker.js';

/*
 * What tells who made a call: the access key, other in each session, does not. Which of the two lists it was, the last part
 * says.
 */
const { type, arn, principalId, accountId, invokedBy } = IDENTITY;
const WITH_ISSUER = [type, arn, accountId, CONTEXT.sourceIdentity, ISSUER.principalId, ISSUER.arn];
const WITHOUT_ISSUER = [type, arn, accountId, principalId, invokedBy, ISSUER.arn];

/** Numbers the callers of records; the sessions of one name are one. */
export class Callers {
  readonly #table: TupleTable;
  readonly #callers: Caller[] = [];

  constructor(walker: Walker) {
    this.#table = walker.table([WITH_ISSUER, WITHOUT_ISSUER]);
  }

  get size(): number {
    return this.#callers.length;
  }

  at(caller: number): Caller {
    return this.#callers[caller] ?? NOBODY;
  }

  /** Those with numbers from `caller` on. */
  from(caller: number): Caller[] {
    return this.#callers.slice(caller);
  }

  of(record: RawRecord): number {
    const { view } = record.source;
    const hasIssuer = hasText(view, record.start(ISSUER.arn), record.end(ISSUER.arn));
    const number = this.#table.intern(hasIssuer ? 0 : 1);
    if (number === this.#callers.length) this.#callers.push(callerIn(record));
    return number;
  }
}

const NOBODY = callerOf({});

function callerIn(record: RawRecord): Caller {
  const values = (slots: Readonly<{ [name: string]: number }>): { [name: string]: unknown } =>
    Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, record.value(slot)]));
  const sessionContext = { ...values(CONTEXT), sessionIssuer: values(ISSUER) };
  return callerOf({ ...values(IDENTITY), sessionContext });
}
