import { outcomeOf } from '../outcome.js';
import { parametersOf } from '../resources/table.js';
import type { CallKind } from './dictionary.js';
import { Ints, PairTable } from './intern.js';
import { isInsight, text, type Caller } from './record.js';
import { FIELD, PARAMETER, type RawRecord } from './scan.js';
import type { TupleTable } from './tuple-table.js';
import type { Walker } from './walker.js';

const NOT_API_CALLS = new Set<unknown>(['AwsServiceEvent', 'AwsConsoleSignIn']);
const STARTS = new Set(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);

/** Numbers that stand in the place of a call's. */
const NO_RECORD = -1;
const INSIGHT = -2;
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

/** See assembly/event.ts. */
const FACTS_BYTES = 24;
const KNOWN = 1;
const IS_CALL = 2;
const IS_INSIGHT = 4;
const STARTS_SESSION = 8;
const HAS_RESOURCES = 16;

/** Numbers the calls of records: what was done, without who did it. */
export class Calls {
  readonly table: TupleTable;
  readonly #accounts = new Map<string | null, number>();
  /** Values that name no account with the account of a caller: the number of a call, or why it is none. */
  readonly #tuples = new PairTable();
  readonly #meaning = new Ints();
  readonly #numbers = new Map<string, number>();
  readonly #calls: CallKind[] = [];
  /** Lists of the slots of a service's parameters that name a resource, by its event source. */
  readonly #slots = new Map<string, number>();

  constructor(private readonly walker: Walker) {
    this.table = walker.table([SLOTS], FACTS_BYTES);
  }

  get size(): number {
    return this.#calls.length;
  }

  from(call: number): CallKind[] {
    return this.#calls.slice(call);
  }

  /** Puts the facts of a record's call. @param values number of its values @returns whether they hold for all callers */
  learn(record: RawRecord, values: number, caller: Caller): boolean {
    if (text(record.value(FIELD.recipientAccountId)) !== null) {
      this.walker.putFacts(this.#factsOf(this.#number(record, caller)));
      return true;
    }
    const tuple = this.#tuples.intern(values, this.#account(caller.accountId));
    this.#meaning.fillTo(tuple + 1, UNKNOWN);
    if (this.#meaning.at(tuple) === UNKNOWN) this.#meaning.set(tuple, this.#number(record, caller));
    this.walker.putFacts(this.#factsOf(this.#meaning.at(tuple)));
    return false;
  }

  #account(account: string | null): number {
    const known = this.#accounts.get(account) ?? this.#accounts.size;
    this.#accounts.set(account, known);
    return known;
  }

  #factsOf(number: number): number[] {
    const call = this.#calls[number];
    if (call === undefined) return [0, 0, KNOWN + (number === INSIGHT ? IS_INSIGHT : 0), number, 0];
    const hasResources = call.outcome === 'succeeded' && call.apiCall;
    const flags = (isStart(call) ? STARTS_SESSION : 0) + (hasResources ? HAS_RESOURCES : 0);
    return [...callHash(call), KNOWN + IS_CALL + flags, number, this.#slotsOf(call.eventSource)];
  }

  #slotsOf(eventSource: string): number {
    let list = this.#slots.get(eventSource);
    if (list === undefined) {
      const slots = parametersOf(eventSource).map((name) => PARAMETER[name] ?? 0);
      list = this.walker.list([slots.length, ...slots]);
      this.#slots.set(eventSource, list);
    }
    return list;
  }

  /** @returns the number of a record's call, NO_RECORD where it names none, INSIGHT where it is about other calls */
  #number(record: RawRecord, caller: Caller): number {
    const eventType = text(record.value(FIELD.eventType));
    const category = record.value(FIELD.eventCategory);
    if (isInsight(category, eventType)) return INSIGHT;
    const eventSource = text(record.value(FIELD.eventSource));
    const eventName = text(record.value(FIELD.eventName));
    if (eventSource === null || eventName === null) return NO_RECORD;
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
    return this.#calls.push(call) - 1;
  }
}

const isStart = (call: CallKind): boolean =>
  call.eventSource === 'sts.amazonaws.com' && call.errorCode === null && STARTS.has(call.eventName);

/** What tells apart events that have the same id and time, in two numbers. (After cyrb53: public domain.) */
function callHash({ eventSource, eventName, recipient }: CallKind): [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const byte of Buffer.from(`${eventSource}\n${eventName}\n${recipient ?? ''}`)) {
    a = Math.imul(a ^ byte, 2654435761);
    b = Math.imul(b ^ byte, 1597334677);
  }
  return [a, b];
}
