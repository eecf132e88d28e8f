import { identify } from '../../identity.js';
import { personOf } from '../../people.js';
import { text } from '../../log-files/record.js';
import type { Caller } from './encoded-file.js';
import { CONTEXT, IDENTITY, ISSUER, type RawRecord } from './record-scanner.js';
import type { WasmTupleTable } from './tuple-table.js';
import type { JsonScanner } from './json-scanner.js';
import { at } from '../../../base/checked.js';
import { getOrInsert } from '../../../base/maps.js';

/*
 * Fields that identify a caller. The access key is not one: it differs in each session. The last field says which
 * list was used.
 */
const { type, arn, principalId, accountId, invokedBy } = IDENTITY;
const { sourceIdentity } = CONTEXT;
const WITH_ISSUER = [type, arn, accountId, principalId, sourceIdentity, ISSUER.principalId, ISSUER.arn];
const WITHOUT_ISSUER = [type, arn, accountId, principalId, sourceIdentity, invokedBy, ISSUER.arn];

/** See assembly/event.ts. */
const FACTS_BYTES = 4;
const IN_SESSION = 1;
const PARTITION = 2;

/** Interns the callers of records. Sessions with the same name are one caller. */
export class Callers {
  readonly table: WasmTupleTable;
  readonly #callers: Caller[] = [];
  readonly #partitions = new Map<string, number>();

  constructor(scanner: JsonScanner) {
    this.table = scanner.table([WITH_ISSUER, WITHOUT_ISSUER], FACTS_BYTES);
  }

  get size(): number {
    return this.#callers.length;
  }

  at(caller: number): Caller {
    return at(this.#callers, caller);
  }

  /** Callers from an index. */
  from(caller: number): Caller[] {
    return this.#callers.slice(caller);
  }

  /**
   * @param record of a new caller
   * @returns facts of the caller, for WebAssembly
   */
  add(record: RawRecord): number {
    const caller = parseCaller((slot) => record.value(slot));
    this.#callers.push(caller);
    return (caller.inSession ? IN_SESSION : 0) + PARTITION * this.#partition(caller);
  }

  /** ARNs made from parameters have the partition of the caller, and its account if the record has none. */
  #partition({ actor }: Caller): number {
    const key = `${/^arn:([^:]+):/.exec(actor.arn)?.[1] ?? ''} ${actor.accountId ?? ''}`;
    return getOrInsert(this.#partitions, key, this.#partitions.size);
  }
}

/** @param value returns the value at a slot of a record */
function parseCaller(value: (slot: number) => unknown): Caller {
  const textAt = (slot: number): string | null => text(value(slot));
  const issuerArn = textAt(ISSUER.arn);
  const withoutIssuer = (slot: number): string | null => (issuerArn === null ? textAt(slot) : null);
  return {
    actor: identify({
      type: textAt(type),
      // With an issuer, these fields have the name of the session.
      arn: withoutIssuer(arn),
      principalId: withoutIssuer(principalId),
      accountId: textAt(accountId),
      issuerArn,
      issuerId: textAt(ISSUER.principalId),
      invokedBy: withoutIssuer(invokedBy),
    }),
    accountId: textAt(accountId),
    inSession: issuerArn?.includes(':role/') === true,
    person: personOf({
      issuerArn,
      arn: textAt(arn),
      principalId: textAt(principalId),
      sourceIdentity: textAt(sourceIdentity),
    }),
  };
}
