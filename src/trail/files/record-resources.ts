import { isListed, resourcesOf } from '../resources/extract.js';
import { resourceSet, type Resources } from '../resources/set.js';
import { parametersOf } from '../resources/table.js';
import { recipientOf, type CallKind } from './dictionary.js';
import { Ints, PairTable } from './intern.js';
import { BACKSLASH, COLON, eachElement, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json.js';
import { wordAt } from './padded.js';
import type { Caller } from './record.js';
import { FIELD, PARAMETER, RESOURCE, type RawRecord } from './scan.js';
import { Values } from './values.js';
import { Shape, type TupleTable, type Walker } from './walker.js';

/** The number of null, the most frequent. */
const NONE = 0;
const UNKNOWN = -1;
const NO_LIST = -1;
const SLASH = 0x2f;

/** More than any service has parameters that name a resource. */
const MAX_NAMES = 64;

const ELEMENT = new Shape(RESOURCE);

/** Who called what, and the numbers of both, alone and together. */
interface Kind {
  readonly number: number;
  readonly callerNumber: number;
  readonly caller: Caller;
  readonly callNumber: number;
  readonly call: CallKind;
}

/** Numbers the resources of calls. Reads only the parameters that may name one, and each value of one only once. */
export class RecordResources {
  readonly #element: number;
  readonly #parameters: TupleTable;
  readonly #arns: Values<string | undefined>;
  /** Lists of ARNs: the list before, and the number of the last one. */
  readonly #lists = new PairTable();
  readonly #meaningOfList = new Ints();
  readonly #partitions = new Map<string, number>();
  readonly #partitionOfCaller = new Ints();
  /** Calls with the values of parameters, and their resources' numbers. */
  readonly #tuples = new PairTable();
  readonly #tupleOfKind = new Ints();
  readonly #slotsOfCall: (readonly number[])[] = [];
  readonly #meaning = new Ints();
  readonly #numbers = new Map<string, number>();
  readonly #resources: Resources[] = [null];

  constructor(walker: Walker) {
    this.#element = walker.shape(ELEMENT);
    this.#parameters = walker.values();
    this.#arns = new Values(walker.values(), (value) =>
      typeof value === 'string' && isListed(value) ? value : undefined,
    );
  }

  /** Of memory outside of tables, in bytes. */
  get weight(): number {
    return 32 * (this.#tuples.size + this.#lists.size) + 200 * this.#resources.length;
  }

  from(resources: number): Resources[] {
    return this.#resources.slice(resources);
  }

  /** @returns the number of the resources of a record, -1 where they do not count: no API call, or not succeeded */
  of(record: RawRecord, kind: Kind): number {
    const { call } = kind;
    if (call.outcome !== 'succeeded' || !call.apiCall) return -1;
    const list = this.#listed(record);
    return list === NO_LIST ? this.#named(record, kind) : this.#numberOfList(list);
  }

  /** @returns the list of the ARNs in a record's `resources` that count */
  #listed(record: RawRecord): number {
    const { source, walker } = record;
    const start = record.start(FIELD.resources);
    let list = NO_LIST;
    if (start === -1 || source.view.getUint8(start) !== OPEN_ARRAY) return list;
    eachElement(source.view, start, (element) => {
      if (source.view.getUint8(element) !== OPEN_OBJECT) return walker.skipValue(element);
      record.places.fill(-1, 2 * RESOURCE.ARN, 2 * RESOURCE.ARN + 2);
      const end = walker.readObject(element, this.#element);
      const arnStart = record.start(RESOURCE.ARN);
      const arnEnd = record.end(RESOURCE.ARN);
      if (arnStart !== -1 && !isObjectArn(source.view, arnStart, arnEnd)) {
        const arn = this.#arns.intern(source, arnStart, arnEnd);
        if (this.#arns.at(arn) !== undefined) list = this.#lists.intern(list, arn);
      }
      return end;
    });
    return list;
  }

  #numberOfList(list: number): number {
    this.#meaningOfList.fillTo(list + 1, UNKNOWN);
    if (this.#meaningOfList.at(list) === UNKNOWN) {
      const arns: string[] = [];
      for (let part = list; part !== NO_LIST; part = this.#lists.first(part))
        arns.push(this.#arns.at(this.#lists.second(part)) ?? '');
      this.#meaningOfList.set(list, this.#number(resourceSet(arns)));
    }
    return this.#meaningOfList.at(list);
  }

  #named(record: RawRecord, kind: Kind): number {
    const slots = (this.#slotsOfCall[kind.callNumber] ??= slotsOf(kind.call.eventSource));
    if (slots.length === 0) return NONE;
    let tuple = this.#withoutValues(kind);
    for (let name = 0; name < slots.length; name += 1) {
      const slot = slots[name] ?? 0;
      const start = record.start(slot);
      if (start === -1) continue;
      const value = this.#parameters.internAt(start, record.end(slot));
      tuple = this.#tuples.intern(-1 - tuple, MAX_NAMES * value + name);
    }
    this.#meaning.fillTo(tuple + 1, UNKNOWN);
    if (this.#meaning.at(tuple) === UNKNOWN) {
      const { actor } = kind.caller;
      const { eventSource, eventName } = kind.call;
      const recipientAccountId = recipientOf(actor, kind.call);
      const resources = resourcesOf({ actor, recipientAccountId, eventSource, eventName }, [], (name) => {
        const value = record.value(PARAMETER[name] ?? 0);
        return typeof value === 'string' ? value : undefined;
      });
      this.#meaning.set(tuple, this.#number(resources));
    }
    return this.#meaning.at(tuple);
  }

  /** @returns number of the tuple that has no values of parameters yet */
  #withoutValues(kind: Kind): number {
    this.#tupleOfKind.fillTo(kind.number + 1, UNKNOWN);
    if (this.#tupleOfKind.at(kind.number) === UNKNOWN)
      this.#tupleOfKind.set(kind.number, this.#tuples.intern(kind.callNumber, this.#partition(kind)));
    return this.#tupleOfKind.at(kind.number);
  }

  /** ARNs made from parameters are in the partition of the caller and, where the record names none, its account. */
  #partition({ callerNumber, caller: { actor } }: Kind): number {
    this.#partitionOfCaller.fillTo(callerNumber + 1, UNKNOWN);
    if (this.#partitionOfCaller.at(callerNumber) === UNKNOWN) {
      const key = `${/^arn:([^:]+):/.exec(actor.arn)?.[1] ?? ''} ${actor.accountId ?? ''}`;
      const known = this.#partitions.get(key) ?? this.#partitions.size;
      this.#partitions.set(key, known);
      this.#partitionOfCaller.set(callerNumber, known);
    }
    return this.#partitionOfCaller.at(callerNumber);
  }

  #number(resources: Resources): number {
    if (resources === null) return NONE;
    const key = resources.join('\n');
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#resources.length);
    return this.#resources.push(resources) - 1;
  }
}

const slotsOf = (eventSource: string): number[] =>
  parametersOf(eventSource).map((name) => PARAMETER[name] ?? 0);

/** `:s3:` */
const S3 = Buffer.from(':s3:').readInt32LE();
const ARN = Buffer.from('arn:').readInt32LE();

/**
 * Whether a JSON string is surely the ARN of an S3 object, which does not count (`isListed`): there are too many different
 * ones to number them. The bytes must be as AWS writes them, without escapes before the bucket.
 */
function isObjectArn(view: DataView, start: number, end: number): boolean {
  if (end - start < 16 || view.getUint8(start) !== QUOTE || wordAt(view, start + 1) !== ARN) return false;
  let at = start + 5;
  while (at < end && view.getUint8(at) !== COLON && view.getUint8(at) !== BACKSLASH) at += 1;
  if (wordAt(view, at) !== S3 || view.getUint8(at + 4) !== COLON || view.getUint8(at + 5) !== COLON)
    return false;
  for (at += 6; at < end; at += 1) if (view.getUint8(at) === SLASH) return true;
  return false;
}
