import { wordAt } from './padded.js';

/*
 * Walks over JSON as bytes without making values of it: JSON.parse of a whole log file costs more than unpacking it, and
 * nine tenths of a record are not needed. Every function takes the view of PaddedBytes and the position of a value's first
 * byte, and returns that after its last, or -1 where JSON.parse would throw (RFC 8259; bytes that are no UTF-8 are text
 * to both).
 *
 * Nearly all the time of reading logs is spent here. The functions are so large because V8 gives up putting calls in line
 * long before their end: with the same steps in small functions they take three times as long.
 */

export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
/** White space is not above it, and nothing else that JSON may hold between values. */
export const SPACE = 0x20;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** The first position from `at` on that is not white space. */
export function skipSpace(view: DataView, at: number): number {
  for (;;) {
    const byte = view.getUint8(at);
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
  }
}

/** A string. */
export function skipString(view: DataView, at: number): number {
  if (view.getUint8(at) !== QUOTE) return -1;
  at += 1;
  for (;;) {
    // Four bytes at a time, up to the first that is a quote, a backslash or a control character: subtracting carries out of
    // just these bytes and, after the first, perhaps others (Bit Twiddling Hacks: determine if a word has a byte less than n).
    const word = view.getInt32(at, true);
    // With one bit turned over a quote is the next after the control characters, which stay below, and all others are above.
    const quote = word ^ 0x02020202;
    const backslash = word ^ 0x5c5c5c5c;
    const special = (((quote - 0x21212121) & ~quote) | ((backslash - 0x01010101) & ~backslash)) & 0x80808080;
    if (special === 0) {
      at += 4;
      continue;
    }
    at += (31 - Math.clz32(special & -special)) >> 3;
    const byte = view.getUint8(at);
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return -1;
    at = skipEscape(view, at);
    if (at === -1) return -1;
  }
}

const ESCAPES = new Set(Buffer.from('"\\/bfnrt'));
const isHex = (byte: number): boolean => isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);

function skipEscape(view: DataView, at: number): number {
  const byte = view.getUint8(at + 1);
  if (ESCAPES.has(byte)) return at + 2;
  if (byte !== 0x75) return -1;
  for (let digit = at + 2; digit < at + 6; digit += 1) if (!isHex(view.getUint8(digit))) return -1;
  return at + 6;
}

function skipDigits(view: DataView, at: number): number {
  if (!isDigit(view.getUint8(at))) return -1;
  while (isDigit(view.getUint8(at))) at += 1;
  return at;
}

function skipNumber(view: DataView, at: number): number {
  let end = view.getUint8(at) === 0x2d ? at + 1 : at;
  end = view.getUint8(end) === 0x30 ? end + 1 : skipDigits(view, end);
  if (end !== -1 && view.getUint8(end) === 0x2e) end = skipDigits(view, end + 1);
  if (end !== -1 && (view.getUint8(end) | 0x20) === 0x65) {
    const sign = view.getUint8(end + 1);
    end = skipDigits(view, sign === 0x2b || sign === 0x2d ? end + 2 : end + 1);
  }
  return end;
}

const word = (text: string): number => Buffer.from(text).readInt32LE();
const TRUE = word('true');
const NULL = word('null');
const ALSE = word('alse');

/** A number or a word. */
function skipScalar(view: DataView, at: number): number {
  const first = view.getUint8(at);
  if (first === 0x74) return wordAt(view, at) === TRUE ? at + 4 : -1;
  if (first === 0x6e) return wordAt(view, at) === NULL ? at + 4 : -1;
  if (first === 0x66) return wordAt(view, at + 1) === ALSE ? at + 5 : -1;
  return skipNumber(view, at);
}

/** JSON.parse takes 70 bytes of memory a level, and a gzip file of a megabyte may have 200 million. */
const MAX_DEPTH = 1_000_000;
const tooDeep = (): RangeError => new RangeError('nested too deeply');

/** The closing byte of every container that is open; no value is walked over while another one is. */
let open = new Uint8Array(256);

/**
 * Any value: without recursion, as V8's own parser.
 * @throws RangeError for one that is nested more than a million times
 */
export function skipValue(view: DataView, at: number): number {
  let depth = 0;
  for (;;) {
    const first = view.getUint8(at);
    if (first === QUOTE) {
      at = skipString(view, at);
    } else if (first === OPEN_OBJECT || first === OPEN_ARRAY) {
      const close = first === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY;
      at += 1;
      if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
      if (view.getUint8(at) !== close) {
        if (depth === MAX_DEPTH) throw tooDeep();
        if (depth === open.length) open = enlarge(open);
        open[depth] = close;
        depth += 1;
        if (close === CLOSE_OBJECT) at = skipKey(view, at);
        if (at === -1) return -1;
        continue;
      }
      at += 1;
    } else {
      at = skipScalar(view, at);
    }
    if (at === -1) return -1;
    // Behind a value: its container ends, once or more, or goes on.
    for (;;) {
      if (depth === 0) return at;
      if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
      const next = view.getUint8(at);
      const close = open[depth - 1];
      if (next === COMMA) {
        at += 1;
        if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
        if (close === CLOSE_OBJECT) at = skipKey(view, at);
        if (at === -1) return -1;
        break;
      }
      if (next !== close) return -1;
      depth -= 1;
      at += 1;
    }
  }
}

function enlarge(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 4);
  larger.set(bytes);
  return larger;
}

/**
 * Looks whether text, JSON or not, may be given to JSON.parse, whole or by lines.
 * @throws RangeError as `skipValue`
 */
export function checkDepth(view: DataView, length: number): void {
  let depth = 0;
  for (let at = 0; at < length; at += 1) {
    const byte = view.getUint8(at);
    if (byte === QUOTE) at = Math.max(at, skipString(view, at) - 1);
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) throw tooDeep();
  }
}

/** A key and its colon. @returns the position of its value */
export function skipKey(view: DataView, at: number): number {
  at = skipString(view, at);
  return at === -1 ? -1 : skipColon(view, at);
}

/** @param at behind a key @returns the position of its value */
export function skipColon(view: DataView, at: number): number {
  if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
  if (view.getUint8(at) !== COLON) return -1;
  at += 1;
  return view.getUint8(at) <= SPACE ? skipSpace(view, at) : at;
}

/**
 * Behind a member of an object or an element of an array.
 * @param close closing byte of the object or array
 * @returns the position of the next one, or of the closing byte
 */
export function skipComma(view: DataView, at: number, close: number): number {
  if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
  const byte = view.getUint8(at);
  if (byte === close) return at;
  if (byte !== COMMA) return -1;
  at += 1;
  if (view.getUint8(at) <= SPACE) at = skipSpace(view, at);
  return view.getUint8(at) === close ? -1 : at;
}

/** Calls `element` for each element of an array with its position; it returns the position behind it, or -1 to give up. */
export function eachElement(view: DataView, at: number, element: (value: number) => number): number {
  if (view.getUint8(at) !== OPEN_ARRAY) return -1;
  at = skipSpace(view, at + 1);
  while (view.getUint8(at) !== CLOSE_ARRAY) {
    at = element(at);
    if (at !== -1) at = skipComma(view, at, CLOSE_ARRAY);
    if (at === -1) return -1;
  }
  return at + 1;
}
