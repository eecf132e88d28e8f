import { getOrInsertComputed } from '../../../base/maps.js';
import { parametersOf } from '../../resources/table.js';
import type { CallPlan } from '../../../base/requests/plan.js';
import {
  isApiCall,
  isDataEvent,
  isInsight,
  isNetworkActivity,
  isNetworkCopy,
  outcomeOf,
  recordedIn,
  startsSession,
} from '../../rules.js';
import type { ApiCall, Caller } from './encoded-file.js';
import { text } from '../../log-files/record.js';
import { FIELD, parameterSlot, SIGN_IN_ANSWER, type RawRecord } from './record-scanner.js';
import type { WasmTupleTable } from './tuple-table.js';
import type { JsonScanner } from './json-scanner.js';
import { marksFor, type Requests } from './requests.js';
import { at } from '../../../base/checked.js';

/** Instead of the index of a call. */
const NO_RECORD = -1;
const INSIGHT = -2;

/** Fields that identify a call, in addition to the caller's account if the record has none. */
const SLOTS = [
  FIELD.eventName,
  FIELD.eventSource,
  FIELD.errorCode,
  FIELD.recipientAccountId,
  FIELD.eventType,
  FIELD.eventCategory,
  FIELD.managementEvent,
  FIELD.awsRegion,
  SIGN_IN_ANSWER,
];

/** See assembly/event.ts. */
const FACTS_BYTES = 24;
const KNOWN = 1;
const IS_CALL = 2;
const IS_INSIGHT = 4;
const STARTS_SESSION = 8;
const HAS_RESOURCES = 16;

/** Interns the calls of records, without their callers. */
export class Calls {
  readonly table: WasmTupleTable;
  /** For records without account, by their values and the caller's account: index of the call. */
  readonly #withoutAccount = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  readonly #calls: ApiCall[] = [];
  /** By event source: slots of the resource parameters. */
  readonly #slots = new Map<string, number>();
  /** By plan: the list of marks. */
  readonly #marks = new Map<CallPlan, number>();

  constructor(
    private readonly scanner: JsonScanner,
    private readonly requests: Requests,
  ) {
    this.table = scanner.table([SLOTS], FACTS_BYTES);
  }

  get size(): number {
    return this.#calls.length;
  }

  at(call: number): ApiCall {
    return at(this.#calls, call);
  }

  from(call: number): ApiCall[] {
    return this.#calls.slice(call);
  }

  /**
   * Writes the facts of a record's call for WebAssembly.
   * @param values index of its values
   * @returns whether the facts apply to all callers
   */
  add(record: RawRecord, values: number, caller: Caller): boolean {
    if (text(record.value(FIELD.recipientAccountId)) !== null) {
      this.scanner.putFacts(this.#factsOf(this.#number(record, caller)));
      return true;
    }
    const key = `${values} ${caller.accountId ?? ''}`;
    const number = getOrInsertComputed(this.#withoutAccount, key, () => this.#number(record, caller));
    this.scanner.putFacts(this.#factsOf(number));
    return false;
  }

  #factsOf(number: number): number[] {
    const call = this.#calls[number];
    if (call === undefined) return [0, 0, KNOWN + (number === INSIGHT ? IS_INSIGHT : 0), number, 0, 0];
    const hasResources = call.outcome === 'succeeded' && call.apiCall && !call.isNetworkCopy;
    const flags = (isStart(call) ? STARTS_SESSION : 0) + (hasResources ? HAS_RESOURCES : 0);
    const slots = this.#slotsOf(call.eventSource);
    return [...callHash(call), KNOWN + IS_CALL + flags, number, slots, this.#marksOf(call)];
  }

  /** @returns 0 for a call whose requests do not matter */
  #marksOf({ hasPlan, eventSource, eventName }: ApiCall): number {
    const plan = hasPlan ? this.requests.planOf(eventSource, eventName) : null;
    if (plan === null) return 0;
    return getOrInsertComputed(this.#marks, plan, () => this.scanner.list(marksFor(plan)));
  }

  #slotsOf(eventSource: string): number {
    return getOrInsertComputed(this.#slots, eventSource, () => {
      const slots = parametersOf(eventSource).map(parameterSlot);
      return this.scanner.list([slots.length, ...slots]);
    });
  }

  /** @returns index of the call, NO_RECORD for a record without call, INSIGHT for a record about other calls */
  #number(record: RawRecord, caller: Caller): number {
    const value = (slot: number): string | null => text(record.value(slot));
    const eventType = value(FIELD.eventType);
    const category = value(FIELD.eventCategory);
    if (isInsight(category, eventType)) return INSIGHT;
    const eventSource = value(FIELD.eventSource);
    const eventName = value(FIELD.eventName);
    // S3 event notifications have the same keys, and sources such as aws:s3.
    if (eventSource === null || eventName === null || eventSource.startsWith('aws:')) return NO_RECORD;
    const errorCode = value(FIELD.errorCode);
    const apiCall = isApiCall(eventType);
    const networkActivity = isNetworkActivity(eventType);
    const call: ApiCall = {
      recipient: recordedIn(value(FIELD.recipientAccountId), caller.accountId),
      eventSource,
      eventName,
      apiCall,
      networkActivity,
      isNetworkCopy: isNetworkCopy({ eventType, errorCode }),
      outcome: outcomeOf({ errorCode, eventSource, signIn: value(SIGN_IN_ANSWER) }),
      errorCode,
      dataEvent: isDataEvent(category, eventType, record.value(FIELD.managementEvent)),
      region: value(FIELD.awsRegion),
      // The event of the call itself has the request, where the trail records it.
      hasPlan: apiCall && !networkActivity && this.requests.planOf(eventSource, eventName) !== null,
    };
    // Records that differ only in spelling or in irrelevant fields have the same call.
    const key = JSON.stringify(Object.values(call));
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#calls.length);
    return this.#calls.push(call) - 1;
  }
}

const isStart = ({ outcome, eventSource, eventName, isNetworkCopy: isCopy }: ApiCall): boolean =>
  outcome === 'succeeded' && !isCopy && startsSession(eventSource, eventName);

/** Two-number hash of what distinguishes events with the same ID and time. (After cyrb53: public domain.) */
function callHash({ eventSource, eventName, recipient }: ApiCall): [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const byte of Buffer.from(`${eventSource}\n${eventName}\n${recipient ?? ''}`)) {
    a = Math.imul(a ^ byte, 2654435761);
    b = Math.imul(b ^ byte, 1597334677);
  }
  return [a, b];
}
