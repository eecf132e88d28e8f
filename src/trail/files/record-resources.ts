import { isListed, resourcesOf } from '../resources/extract.js';
import { MISSING, resourceSet, type Resources } from '../resources/set.js';
import { parametersOf } from '../resources/table.js';
import type { CallKind } from './dictionary.js';
import { Ints, PairTable } from './intern.js';
import { eachElement, eachMember, isPlain, KeyFinder, skipValue } from './json.js';
import type { Caller } from './record.js';
import { FIELD, type Records } from './scan.js';
import { Values } from './values.js';

/** The number of MISSING, the most frequent. */
const NONE = 0;
const UNKNOWN = -1;
/** More than any service has parameters that name a resource. */
const MAX_NAMES = 64;

const arnKey = new KeyFinder(['ARN']);

/** JSON.parse of a value; text without escapes is there as it is. */
const parseText = (bytes: Buffer, start: number, end: number): unknown =>
  isPlain(bytes, start, end)
    ? bytes.toString('latin1', start + 1, end - 1)
    : JSON.parse(bytes.toString('utf8', start, end));

interface NumberedCaller {
  readonly number: number;
  readonly caller: Caller;
}

/** Numbers the resources of calls. Reads only the parameters that may name one, and each value of one only once. */
export class RecordResources {
  readonly #values = new Values((value) => (typeof value === 'string' ? value : undefined));
  readonly #finders = new Map<string, { readonly names: readonly string[]; readonly finder: KeyFinder }>();
  readonly #partitions = new Map<string, number>();
  readonly #partitionOfCaller = new Ints();
  readonly #listedNumbers = new Map<string, number>();
  /** Calls with the values of parameters, and their resources' numbers. */
  readonly #tuples = new PairTable();
  readonly #meaning = new Ints();
  readonly #numbers = new Map<string, number>();
  readonly #resources: Resources[] = [MISSING];

  /** Of memory, in bytes. */
  get weight(): number {
    return 3 * this.#values.bytes + 32 * this.#tuples.size + 200 * this.#resources.length;
  }

  from(resources: number): Resources[] {
    return this.#resources.slice(resources);
  }

  /** @returns the number of the resources of a record, -1 where they do not count: no API call, or not succeeded */
  of(record: Records, caller: NumberedCaller, call: CallKind, callNumber: number): number {
    if (call.outcome !== 'succeeded' || !call.apiCall) return -1;
    const arns = this.#listed(record);
    if (arns.length > 0) return this.#listedNumber(arns);
    const { names, finder } = this.#finderFor(call.eventSource);
    const request = record.start(FIELD.requestParameters);
    if (request === -1 || names.length === 0) return NONE;
    const { bytes } = record;
    // By name: the number of its value; of a name that is there twice the last counts, as in JSON.parse.
    const found = names.map(() => 0);
    eachMember(bytes, request, (keyStart, keyEnd, value) => {
      const end = skipValue(bytes, value);
      const name = finder.find(bytes, keyStart, keyEnd);
      if (name !== -1) found[name] = this.#values.intern(bytes, value, end);
      return end;
    });
    return this.#named(found, names, caller, call, callNumber);
  }

  /** The ARNs in a record's `resources` that count. */
  #listed(record: Records): string[] {
    const { bytes } = record;
    const start = record.start(FIELD.resources);
    if (bytes[start] !== 0x5b) return [];
    const arns: string[] = [];
    eachElement(bytes, start, (element) => {
      if (bytes[element] !== 0x7b) return skipValue(bytes, element);
      let arn: unknown;
      const end = eachMember(bytes, element, (keyStart, keyEnd, value) => {
        const valueEnd = skipValue(bytes, value);
        if (arnKey.find(bytes, keyStart, keyEnd) === 0) arn = parseText(bytes, value, valueEnd);
        return valueEnd;
      });
      if (typeof arn === 'string' && isListed(arn)) arns.push(arn);
      return end;
    });
    return arns;
  }

  #named(
    found: readonly number[],
    names: readonly string[],
    caller: NumberedCaller,
    call: CallKind,
    callNumber: number,
  ): number {
    let tuple = this.#tuples.intern(callNumber, this.#partition(caller));
    for (const [name, value] of found.entries())
      if (value !== 0) tuple = this.#tuples.intern(-1 - tuple, MAX_NAMES * value + name);
    while (this.#meaning.length <= tuple) this.#meaning.push(UNKNOWN);
    if (this.#meaning.at(tuple) === UNKNOWN) {
      const { actor } = caller.caller;
      const recipientAccountId = call.recipient ?? actor.accountId ?? 'unknown';
      const resources = resourcesOf({ ...call, actor, recipientAccountId }, [], (name) =>
        this.#values.at(found[names.indexOf(name)] ?? 0),
      );
      this.#meaning.set(tuple, this.#number(resources));
    }
    return this.#meaning.at(tuple);
  }

  #finderFor(eventSource: string): { readonly names: readonly string[]; readonly finder: KeyFinder } {
    let entry = this.#finders.get(eventSource);
    if (entry === undefined) {
      const names = parametersOf(eventSource);
      entry = { names, finder: new KeyFinder(names) };
      this.#finders.set(eventSource, entry);
    }
    return entry;
  }

  /** ARNs made from parameters are in the partition of the caller and, where the record names none, its account. */
  #partition({ number, caller: { actor } }: NumberedCaller): number {
    while (this.#partitionOfCaller.length <= number) this.#partitionOfCaller.push(UNKNOWN);
    if (this.#partitionOfCaller.at(number) === UNKNOWN) {
      const key = `${/^arn:([^:]+):/.exec(actor.arn)?.[1] ?? ''} ${actor.accountId ?? ''}`;
      const known = this.#partitions.get(key) ?? this.#partitions.size;
      this.#partitions.set(key, known);
      this.#partitionOfCaller.set(number, known);
    }
    return this.#partitionOfCaller.at(number);
  }

  #listedNumber(arns: readonly string[]): number {
    const key = arns.join('\n');
    let number = this.#listedNumbers.get(key);
    if (number === undefined) {
      number = this.#number(resourceSet(arns));
      this.#listedNumbers.set(key, number);
    }
    return number;
  }

  #number(resources: Resources): number {
    if (resources === MISSING) return NONE;
    const key = `${String(resources.more)} ${String(resources.missing)}\n${resources.arns.join('\n')}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#resources.length);
    return this.#resources.push(resources) - 1;
  }
}
