import { eachElement, eachMember, KeyFinder, skipSpace, skipValue } from './json.js';
import { Ints } from './intern.js';

/** The keys of a record that a review needs (CloudTrail User Guide: CloudTrail record contents). */
const NAMES = [
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
  // No fields of records: where one of these stands on a line, the line wraps records or is none.
  'Records',
  'Events',
  'digestStartTime',
  'CloudTrailEvent',
] as const;
const WRAPPERS = [NAMES.length - 4, NAMES.length - 3, NAMES.length - 2, NAMES.length - 1];
export type Field = (typeof NAMES)[number];
export const FIELD = Object.fromEntries(NAMES.map((name, index) => [name, index])) as Readonly<
  Record<Field, number>
>;

const finder = new KeyFinder(NAMES);
const WIDTH = 2 * NAMES.length;
const OBJECT = 0x7b;
const ARRAY = 0x5b;
const NEWLINE = 0x0a;

/** The records of some bytes, of which one at a time is looked at. */
export class Records {
  readonly #places = new Ints();
  #base = 0;

  constructor(readonly bytes: Buffer) {}

  /** The one record that a parsed value is, whatever it is. */
  static of(value: unknown): Records {
    const records = new Records(Buffer.from(JSON.stringify(value)));
    records.add(0);
    return records;
  }

  get count(): number {
    return this.#places.length / WIDTH;
  }

  look(record: number): void {
    this.#base = record * WIDTH;
  }

  /** @returns first byte of the value of a field, or -1 where the record has none */
  start(field: number): number {
    return this.#places.at(this.#base + 2 * field);
  }

  /** Behind its last byte. */
  end(field: number): number {
    return this.#places.at(this.#base + 2 * field + 1);
  }

  /** @returns undefined where there is none */
  value(field: number): unknown {
    const start = this.start(field);
    return start === -1 ? undefined : JSON.parse(this.bytes.toString('utf8', start, this.end(field)));
  }

  /** Adds the record at a place; one that is no object has no fields. @returns the position behind it, or -1 */
  add(at: number): number {
    const { bytes } = this;
    const base = this.#places.pushMany(-1, WIDTH);
    if (bytes[at] !== OBJECT) return skipValue(bytes, at);
    return eachMember(bytes, at, (keyStart, keyEnd, value) => {
      const end = skipValue(bytes, value);
      const field = finder.find(bytes, keyStart, keyEnd);
      if (field !== -1 && end !== -1) {
        // A key that is there twice: the last one counts, as in JSON.parse.
        this.#places.set(base + 2 * field, value);
        this.#places.set(base + 2 * field + 1, end);
      }
      return end;
    });
  }
}

/**
 * The records of a file in one of the forms that AWS delivers: `{"Records": […]}`, or one record a line.
 * @returns null for everything else, damaged files among it: `recordsOf` knows what they are
 */
export function scanRecords(bytes: Buffer): Records | null {
  const start = skipSpace(bytes, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
  return scanRecordsKey(bytes, start) ?? scanLines(bytes, start);
}

function scanRecordsKey(bytes: Buffer, start: number): Records | null {
  let records: Records | null = null;
  const end = eachMember(bytes, start, (keyStart, keyEnd, value) => {
    if (finder.find(bytes, keyStart, keyEnd) !== FIELD.Records)
      return records === null ? -1 : skipValue(bytes, value);
    if (records !== null || bytes[value] !== ARRAY) return -1;
    const found = new Records(bytes);
    records = found;
    return eachElement(bytes, value, (element) => found.add(element));
  });
  return end !== -1 && skipSpace(bytes, end) === bytes.length ? records : null;
}

/** @returns null unless every line is a record and nothing else */
function scanLines(bytes: Buffer, start: number): Records | null {
  const records = new Records(bytes);
  for (let at = start; at < bytes.length;) {
    if (bytes[at] !== OBJECT) return null;
    const end = records.add(at);
    records.look(records.count - 1);
    if (end === -1 || records.start(FIELD.eventName) === -1) return null;
    if (WRAPPERS.some((key) => records.start(key) !== -1)) return null;
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline !== -1 && newline < end) return null;
    at = skipSpace(bytes, end);
    if (at < bytes.length && (newline === -1 || newline >= at)) return null;
  }
  return records.count === 0 ? null : records;
}
