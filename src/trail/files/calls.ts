import { outcomeOf } from '../outcome.js';
import type { CallKind } from './dictionary.js';
import { callHash } from './identity-hash.js';
import { Ints, PairTable } from './intern.js';
import { hasText } from './padded.js';
import { text, type Caller } from './record.js';
import { FIELD, type RawRecord } from './scan.js';
import type { TupleTable, Walker } from './walker.js';

const NOT_API_CALLS = new Set<unknown>(['AwsServiceEvent', 'AwsConsoleSignIn']);
const INSIGHTS = new Set<unknown>(['Insight', 'AwsCloudTrailInsight']);

/** Numbers that stand in the place of a call's. */
const NO_RECORD = -1;
export const INSIGHT = -2;
const UNKNOWN = -3;

/** All that a call depends on, besides its caller's account where the record names none. */
const SLOTS = [
  FIELD.eventName,
  FIELD.eventSource,
  FIELD.errorCode,
  FIELD.recipientAccountId,
  FIELD.eventType,
  FIELD.eventCategory,
  FIELD.managementEvent,
];

/** Numbers the calls of records: what was done, without who did it. */
export class Calls {
  readonly #table: TupleTable;
  readonly #accounts = new Map<string | null, number>();
  /** What the record's values are that name an account: the number of a call, or why it is none. */
  readonly #meaningOfNamed = new Ints();
  /** Other values with the account of a caller, and what they are. */
  readonly #tuples = new PairTable();
  readonly #meaning = new Ints();
  readonly #numbers = new Map<string, number>();
  readonly #calls: CallKind[] = [];
  readonly #hashes: (readonly [number, number])[] = [];

  constructor(walker: Walker) {
    this.#table = walker.table([SLOTS]);
  }

  get size(): number {
    return this.#meaningOfNamed.length + this.#tuples.size;
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
  of(record: RawRecord, caller: Caller): number {
    const { view } = record.source;
    const values = this.#table.intern(0);
    const recipient = FIELD.recipientAccountId;
    const isNamed = hasText(view, record.start(recipient), record.end(recipient));
    const meaning = isNamed ? this.#meaningOfNamed : this.#meaning;
    const tuple = isNamed ? values : this.#tuples.intern(values, this.#account(caller.accountId));
    meaning.fillTo(tuple + 1, UNKNOWN);
    if (meaning.at(tuple) === UNKNOWN) meaning.set(tuple, this.#add(record, caller));
    return meaning.at(tuple);
  }

  #account(account: string | null): number {
    const known = this.#accounts.get(account) ?? this.#accounts.size;
    this.#accounts.set(account, known);
    return known;
  }

  #add(record: RawRecord, caller: Caller): number {
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
