import { RESOURCE_PARAMETERS } from '../../resources/table.js';
import { SIGN_IN } from '../../rules.js';
import {
  CLOSE_OBJECT,
  eachElement,
  OPEN_OBJECT,
  QUOTE,
  skipColon,
  skipComma,
  skipSpace,
  skipString,
} from './json-text.js';
import { ObjectShape, type SlotPositions, type JsonScanner } from './json-scanner.js';
import { intAt } from '../collections/checked.js';

let slots = 0;
/** Assigns a slot to each key. */
const slotsOf = <T extends string>(names: readonly T[]): Readonly<Record<T, number>> =>
  Object.fromEntries(names.map((name) => [name, slots++])) as Record<T, number>;

/** Keys of a record that a review needs (CloudTrail User Guide: CloudTrail record contents). */
export const FIELD = slotsOf([
  'eventTime',
  'eventSource',
  'eventName',
  'eventID',
  'eventType',
  'eventCategory',
  'awsRegion',
  'managementEvent',
  'errorCode',
  'recipientAccountId',
  'sharedEventID',
  'addendum',
  'userIdentity',
  'requestParameters',
  'responseElements',
  'resources',
]);
/** Keys of userIdentity (CloudTrail User Guide: CloudTrail userIdentity element). */
export const IDENTITY = slotsOf([
  'type',
  'arn',
  'principalId',
  'accountId',
  'accessKeyId',
  'invokedBy',
  'sessionContext',
]);
const IDENTITY_SLOTS = Object.values(IDENTITY);
/** Keys of userIdentity.sessionContext and its sessionIssuer. */
export const CONTEXT = slotsOf(['sourceIdentity', 'sessionIssuer']);
export const ISSUER = slotsOf(['arn', 'principalId']);
/** The key of an addendum. */
export const ADDENDUM = slotsOf(['originalEventID']);
/** The key of requestParameters of AssumeRole. */
export const REQUEST = slotsOf(['roleArn']);
/** The keys of requestParameters that name a resource, of all services. */
const PARAMETER: Readonly<Record<string, number>> = {
  ...slotsOf([
    ...new Set(Object.values(RESOURCE_PARAMETERS).flatMap((rules) => rules.map(({ name }) => name))),
  ]),
  ...REQUEST,
};
export function parameterSlot(name: string): number {
  const slot = PARAMETER[name];
  if (slot === undefined) throw new Error(`no slot for ${name}`);
  return slot;
}
/** The keys of responseElements of AssumeRole. */
const RESPONSE = slotsOf(['credentials', 'assumedRoleUser']);
/** One slot for all keys with the result of a sign-in. */
export const { signIn: SIGN_IN_ANSWER } = slotsOf(['signIn']);
const SIGN_IN_ANSWERS = Object.fromEntries(SIGN_IN.answers.map((name) => [name, SIGN_IN_ANSWER]));
export const CREDENTIALS = slotsOf(['accessKeyId']);
export const ASSUMED = slotsOf(['arn']);
/** The key of an element of a record's resources. */
export const RESOURCE = slotsOf(['ARN']);
export const ELEMENT = new ObjectShape(RESOURCE);
/** Not fields of a record: a line with one of these wraps records, or has none. */
const WRAPPER = slotsOf(['Records', 'Events', 'digestStartTime', 'CloudTrailEvent']);

const RECORD = new ObjectShape(
  { ...FIELD, ...WRAPPER },
  {
    userIdentity: new ObjectShape(IDENTITY, {
      sessionContext: new ObjectShape(CONTEXT, { sessionIssuer: new ObjectShape(ISSUER) }),
    }),
    addendum: new ObjectShape(ADDENDUM),
    requestParameters: new ObjectShape(PARAMETER),
    responseElements: new ObjectShape(
      { ...RESPONSE, ...SIGN_IN_ANSWERS },
      { credentials: new ObjectShape(CREDENTIALS), assumedRoleUser: new ObjectShape(ASSUMED) },
    ),
  },
);

const NEWLINE = 0x0a;

const parse = (bytes: Buffer, start: number, end: number): unknown =>
  JSON.parse(bytes.toString('utf8', start, end));

/** The bytes of a record and the positions of its values, until the next record is read. */
export class RawRecord {
  readonly bytes: Buffer;
  readonly #places: SlotPositions;
  readonly #shape: number;

  constructor(
    readonly scanner: JsonScanner,
    bytes: Uint8Array,
  ) {
    this.bytes = scanner.load(bytes);
    this.#places = scanner.positions;
    this.#shape = scanner.shape(RECORD);
  }

  /** @returns position of a value, or -1 for none */
  start(slot: number): number {
    return intAt(this.#places, 2 * slot);
  }

  /** Position after the last byte of a value. */
  end(slot: number): number {
    return intAt(this.#places, 2 * slot + 1);
  }

  /** @returns undefined for a missing value */
  value(slot: number): unknown {
    const start = this.start(slot);
    return start === -1 ? undefined : parse(this.bytes, start, this.end(slot));
  }

  /** JSON of a value, `null` if missing. Bytes beyond ASCII are not decoded, because that takes longer. */
  text(slot: number): string {
    const start = this.start(slot);
    return start === -1 ? 'null' : this.bytes.toString('latin1', start, this.end(slot));
  }

  /**
   * Whether the caller is an object that identifies it, and request and response are not text: query engines write
   * all of these as text.
   */
  isUsual(): boolean {
    const { bytes } = this;
    const caller = this.start(FIELD.userIdentity);
    return (
      bytes[caller] === OPEN_OBJECT &&
      IDENTITY_SLOTS.some((slot) => this.start(slot) !== -1) &&
      bytes[this.start(FIELD.requestParameters)] !== QUOTE &&
      bytes[this.start(FIELD.responseElements)] !== QUOTE
    );
  }

  /**
   * Scans the record at a position. A value that is not an object has no fields.
   * @returns position after it, or -1
   */
  read(at: number): number {
    return this.scanner.readRecord(at, this.#shape, slots);
  }
}

/**
 * Calls `show` for each record of a file in one of the formats that AWS delivers: `{"Records": […]}`, or one record
 * per line. It is always the same object, with other positions.
 * @returns false for all other files, including damaged ones; `show` may have been called for some records.
 *   `parseLog` handles these files
 */
export function scanRecords(
  scanner: JsonScanner,
  bytes: Uint8Array,
  show: (record: RawRecord) => void,
): boolean {
  const record = new RawRecord(scanner, bytes);
  const held = record.bytes;
  const hasMark = held[0] === 0xef && held[1] === 0xbb && held[2] === 0xbf;
  const start = skipSpace(held, hasMark ? 3 : 0);
  return scanRecordsKey(record, start, show) || scanLines(record, start, show);
}

/** @returns false also if another key precedes `Records`, or `Records` occurs twice */
function scanRecordsKey(record: RawRecord, start: number, show: (record: RawRecord) => void): boolean {
  const { bytes, scanner } = record;
  if (bytes[start] !== OPEN_OBJECT) return false;
  let at = skipSpace(bytes, start + 1);
  for (let isFirst = true; ; isFirst = false) {
    const keyEnd = skipString(scanner, bytes, at);
    if (keyEnd === -1 || (parse(bytes, at, keyEnd) === 'Records') !== isFirst) return false;
    at = skipColon(bytes, keyEnd);
    if (at === -1) return false;
    at = isFirst ? eachElement(bytes, at, (element) => shown(record, element, show)) : scanner.skipValue(at);
    if (at !== -1) at = skipComma(bytes, at, CLOSE_OBJECT);
    if (at === -1) return false;
    if (bytes[at] === CLOSE_OBJECT) return skipSpace(bytes, at + 1) === bytes.length;
  }
}

function shown(record: RawRecord, at: number, show: (record: RawRecord) => void): number {
  const end = record.read(at);
  if (end !== -1) show(record);
  return end;
}

/** @returns false unless every line is a record and nothing else */
function scanLines(record: RawRecord, start: number, show: (record: RawRecord) => void): boolean {
  const { bytes } = record;
  const { length } = bytes;
  let at = start;
  while (at < length) {
    if (bytes[at] !== OPEN_OBJECT) return false;
    const end = record.read(at);
    if (end === -1 || record.start(FIELD.eventName) === -1) return false;
    if (Object.values(WRAPPER).some((slot) => record.start(slot) !== -1)) return false;
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline !== -1 && newline < end) return false;
    const next = skipSpace(bytes, end);
    if (next < length && (newline === -1 || newline >= next)) return false;
    show(record);
    at = next;
  }
  return at > start;
}
