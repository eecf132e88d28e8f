import { outcomeOf } from '../outcome.js';
import type { CallKind } from './dictionary.js';
import { callHash } from './identity-hash.js';
import { Ints, PairTable } from './intern.js';
import { text, type Caller } from './record.js';
import { FIELD, type Records } from './scan.js';
import { Values } from './values.js';

const NOT_API_CALLS = new Set<unknown>(['AwsServiceEvent', 'AwsConsoleSignIn']);
const INSIGHTS = new Set<unknown>(['Insight', 'AwsCloudTrailInsight']);

/** Numbers that stand in the place of a call's. */
const NO_RECORD = -1;
export const INSIGHT = -2;

/** Numbers the calls of records: what was done, without who did it. */
export class Calls {
  readonly #values = new Values((value) => value);
  readonly #accounts = new Map<string | null, number>([[null, 0]]);
  /** Tuples of the numbers of values, and what each is: the number of a call, or why it is none. */
  readonly #tuples = new PairTable();
  readonly #meaning = new Ints();
  readonly #numbers = new Map<string, number>();
  readonly #calls: CallKind[] = [];
  readonly #hashes: (readonly [number, number])[] = [];

  /** Of memory, in bytes. */
  get weight(): number {
    return 2 * this.#values.bytes + 48 * this.#tuples.size;
  }

  at(call: number): CallKind | undefined {
    return this.#calls[call];
  }

  hashAt(call: number): readonly [number, number] {
    return this.#hashes[call] ?? [0, 0];
  }

  from(call: number): CallKind[] {
    return this.#calls.slice(call);
  }

  /** @returns the number of the record's call, NO_RECORD where it names none, INSIGHT where it is about other calls */
  of(record: Records, caller: Caller): number {
    const tuples = this.#tuples;
    const name = tuples.intern(this.#value(record, FIELD.eventSource), this.#value(record, FIELD.eventName));
    const recipient = this.#value(record, FIELD.recipientAccountId);
    const account = this.#account(text(this.#values.at(recipient)) ?? caller.accountId);
    const result = tuples.intern(this.#value(record, FIELD.errorCode), account);
    const type = tuples.intern(
      this.#value(record, FIELD.eventType),
      this.#value(record, FIELD.eventCategory),
    );
    // Shifted, so that pairs of pairs are never taken for pairs of values.
    const half = tuples.intern(-1 - name, -1 - result);
    const rest = tuples.intern(-1 - type, this.#value(record, FIELD.managementEvent));
    const tuple = tuples.intern(-1 - half, -1 - rest);
    while (this.#meaning.length <= tuple) this.#meaning.push(UNKNOWN);
    if (this.#meaning.at(tuple) === UNKNOWN) this.#meaning.set(tuple, this.#add(record, caller));
    return this.#meaning.at(tuple);
  }

  #value(record: Records, field: number): number {
    return this.#values.intern(record.bytes, record.start(field), record.end(field));
  }

  #account(account: string | null): number {
    const known = this.#accounts.get(account);
    if (known !== undefined) return known;
    this.#accounts.set(account, this.#accounts.size);
    return this.#accounts.size - 1;
  }

  #add(record: Records, caller: Caller): number {
    const eventSource = text(record.value(FIELD.eventSource));
    const eventName = text(record.value(FIELD.eventName));
    if (eventSource === null || eventName === null) return NO_RECORD;
    const eventType = text(record.value(FIELD.eventType));
    const category = record.value(FIELD.eventCategory);
    if (INSIGHTS.has(text(category) ?? eventType)) return INSIGHT;
    const errorCode = text(record.value(FIELD.errorCode));
    const recipient = text(record.value(FIELD.recipientAccountId)) ?? caller.accountId;
    const call: CallKind = {
      recipient,
      eventSource,
      eventName,
      apiCall: !NOT_API_CALLS.has(eventType),
      outcome: outcomeOf(errorCode),
      errorCode,
      dataEvent: category === 'Data' || record.value(FIELD.managementEvent) === false,
    };
    // Records that write the same in other bytes, or differ in what does not count, are one kind of call.
    const key = JSON.stringify(Object.values(call));
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#calls.length);
    this.#hashes.push(callHash(eventSource, eventName, recipient));
    return this.#calls.push(call) - 1;
  }
}

const UNKNOWN = -3;
