import { RESOURCE_PARAMETERS } from '../resources/table.js';
import {
  CLOSE_OBJECT,
  eachElement,
  OPEN_OBJECT,
  skipColon,
  skipComma,
  skipSpace,
  skipString,
} from './json.js';
import type { PaddedBytes } from './padded.js';
import { Shape, type Places, type Walker } from './walker.js';

let slots = 0;
/** Gives each of some keys a slot. */
const slotsOf = <T extends string>(names: readonly T[]): Readonly<Record<T, number>> =>
  Object.fromEntries(names.map((name) => [name, slots++])) as Record<T, number>;

/** The keys of a record that a review needs (CloudTrail User Guide: CloudTrail record contents). */
export const FIELD = slotsOf([
  'eventTime',
  'eventSource',
  'eventName',
  'eventID',
  'eventType',
  'eventCategory',
  'managementEvent',
  'errorCode',
  'recipientAccountId',
  'sharedEventID',
  'userIdentity',
  'requestParameters',
  'responseElements',
  'resources',
]);
/** Those of its userIdentity (CloudTrail User Guide: userIdentity element). */
export const IDENTITY = slotsOf([
  'type',
  'arn',
  'principalId',
  'accountId',
  'accessKeyId',
  'invokedBy',
  'sessionContext',
]);
/** Those of userIdentity.sessionContext and its sessionIssuer. */
export const CONTEXT = slotsOf(['sourceIdentity', 'sessionIssuer']);
export const ISSUER = slotsOf(['arn', 'principalId']);
/** That of requestParameters of AssumeRole. */
export const REQUEST = slotsOf(['roleArn']);
/** Those of requestParameters that name a resource, of all services. */
export const PARAMETER: Readonly<Record<string, number>> = {
  ...slotsOf([
    ...new Set(Object.values(RESOURCE_PARAMETERS).flatMap((rules) => rules.map(({ name }) => name))),
  ]),
  ...REQUEST,
};
/** Those of the responseElements of AssumeRole. */
const RESPONSE = slotsOf(['credentials', 'assumedRoleUser']);
export const CREDENTIALS = slotsOf(['accessKeyId']);
export const ASSUMED = slotsOf(['arn']);
/** That of an element of a record's resources. */
export const RESOURCE = slotsOf(['ARN']);
export const ELEMENT = new Shape(RESOURCE);
/** No fields of records: where one of these stands on a line, the line wraps records or is none. */
const WRAPPER = slotsOf(['Records', 'Events', 'digestStartTime', 'CloudTrailEvent']);

const RECORD = new Shape(
  { ...FIELD, ...WRAPPER },
  {
    userIdentity: new Shape(IDENTITY, {
      sessionContext: new Shape(CONTEXT, { sessionIssuer: new Shape(ISSUER) }),
    }),
    requestParameters: new Shape(PARAMETER),
    responseElements: new Shape(RESPONSE, {
      credentials: new Shape(CREDENTIALS),
      assumedRoleUser: new Shape(ASSUMED),
    }),
  },
);

const NEWLINE = 0x0a;

/** A record by its bytes, and the places of its values in them; until the next one is made. */
export class RawRecord {
  readonly source: PaddedBytes;
  readonly #places: Places;
  readonly #shape: number;

  constructor(
    readonly walker: Walker,
    bytes: Uint8Array,
  ) {
    this.source = walker.hold(bytes);
    this.#places = walker.places;
    this.#shape = walker.shape(RECORD);
  }

  /** @returns first byte of a value, or -1 where there is none */
  start(slot: number): number {
    return this.#places[2 * slot] ?? -1;
  }

  /** Behind its last byte. */
  end(slot: number): number {
    return this.#places[2 * slot + 1] ?? -1;
  }

  /** @returns undefined where there is none */
  value(slot: number): unknown {
    const start = this.start(slot);
    return start === -1 ? undefined : this.source.parse(start, this.end(slot));
  }

  /** Looks at the record at a place; one that is no object has no fields. @returns the position behind it, or -1 */
  read(at: number): number {
    return this.walker.readRecord(at, this.#shape, slots);
  }
}

/**
 * Shows each record of a file in one of the forms that AWS delivers: `{"Records": […]}`, or one record a line. It is always
 * the same object with other places.
 * @returns false for everything else, damaged files among it, of which some records may have been shown: `recordsOf` knows
 *   what they are
 */
export function scanRecords(walker: Walker, bytes: Uint8Array, show: (record: RawRecord) => void): boolean {
  const record = new RawRecord(walker, bytes);
  const { view } = record.source;
  const hasMark = view.getUint8(0) === 0xef && view.getUint8(1) === 0xbb && view.getUint8(2) === 0xbf;
  const start = skipSpace(view, hasMark ? 3 : 0);
  return scanRecordsKey(record, start, show) || scanLines(record, start, show);
}

/** @returns false also where something stands before `Records`, or it is there twice */
function scanRecordsKey(record: RawRecord, start: number, show: (record: RawRecord) => void): boolean {
  const { source, walker } = record;
  const { view } = source;
  if (view.getUint8(start) !== OPEN_OBJECT) return false;
  let at = skipSpace(view, start + 1);
  for (let isFirst = true; ; isFirst = false) {
    const keyEnd = skipString(walker, view, at);
    if (keyEnd === -1 || (source.parse(at, keyEnd) === 'Records') !== isFirst) return false;
    at = skipColon(view, keyEnd);
    if (at === -1) return false;
    at = isFirst ? eachElement(view, at, (element) => shown(record, element, show)) : walker.skipValue(at);
    if (at !== -1) at = skipComma(view, at, CLOSE_OBJECT);
    if (at === -1) return false;
    if (view.getUint8(at) === CLOSE_OBJECT) return skipSpace(view, at + 1) === source.length;
  }
}

function shown(record: RawRecord, at: number, show: (record: RawRecord) => void): number {
  const end = record.read(at);
  if (end !== -1) show(record);
  return end;
}

/** @returns false unless every line is a record and nothing else */
function scanLines(record: RawRecord, start: number, show: (record: RawRecord) => void): boolean {
  const { bytes, view, length } = record.source;
  let at = start;
  while (at < length) {
    if (view.getUint8(at) !== OPEN_OBJECT) return false;
    const end = record.read(at);
    if (end === -1 || record.start(FIELD.eventName) === -1) return false;
    if (Object.values(WRAPPER).some((slot) => record.start(slot) !== -1)) return false;
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline !== -1 && newline < end) return false;
    const next = skipSpace(view, end);
    if (next < length && (newline === -1 || newline >= next)) return false;
    show(record);
    at = next;
  }
  return at > start;
}
