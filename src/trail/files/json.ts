/*
 * Walks over JSON as bytes without making values of it: JSON.parse of a whole log file costs more than unpacking it, and
 * nine tenths of a record are not needed. Every function takes the position of a value's first byte and returns that
 * after its last, or -1 where JSON.parse would throw (RFC 8259; bytes that are no UTF-8 are text to both).
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** The first position from `at` on that is not white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let byte = bytes[at];
  while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at];
  return at;
}

/** 1 for bytes that text may not hold as they are: control characters, quotes, backslashes. */
const SPECIAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
);
const special = (byte: number | undefined): number => SPECIAL[byte ?? 0] ?? 1;

export function skipString(bytes: Uint8Array, at: number): number {
  const { length } = bytes;
  if (at >= length || bytes[at] !== QUOTE) return -1;
  let next = at + 1;
  while (next < length) {
    // Four at a time, since hardly any is special.
    if (
      next + 3 < length &&
      (special(bytes[next]) |
        special(bytes[next + 1]) |
        special(bytes[next + 2]) |
        special(bytes[next + 3])) ===
        0
    ) {
      next += 4;
      continue;
    }
    const byte = bytes[next] ?? 0;
    if (byte === QUOTE) return next + 1;
    if (byte < 0x20) return -1;
    if (byte === BACKSLASH) next = skipEscape(bytes, next);
    if (next === -1) return -1;
    next += 1;
  }
  return -1;
}

const ESCAPES = new Set(Buffer.from('"\\/bfnrt'));
const isHex = (byte: number | undefined): boolean =>
  isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);

/** @returns the position of the escape's last byte */
function skipEscape(bytes: Uint8Array, at: number): number {
  if (ESCAPES.has(bytes[at + 1] ?? 0)) return at + 1;
  if (bytes[at + 1] !== 0x75) return -1;
  for (let digit = at + 2; digit < at + 6; digit += 1) if (!isHex(bytes[digit])) return -1;
  return at + 5;
}

function skipDigits(bytes: Uint8Array, at: number): number {
  if (!isDigit(bytes[at])) return -1;
  while (isDigit(bytes[at])) at += 1;
  return at;
}

function skipNumber(bytes: Uint8Array, at: number): number {
  let end = bytes[at] === 0x2d ? at + 1 : at;
  end = bytes[end] === 0x30 ? end + 1 : skipDigits(bytes, end);
  if (end !== -1 && bytes[end] === 0x2e) end = skipDigits(bytes, end + 1);
  if (end !== -1 && ((bytes[end] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[end + 1];
    end = skipDigits(bytes, sign === 0x2b || sign === 0x2d ? end + 2 : end + 1);
  }
  return end;
}

const WORDS = new Map(['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Buffer.from(word)]));

function skipScalar(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at);
  const word = first === undefined ? undefined : WORDS.get(first);
  if (word === undefined) return skipNumber(bytes, at);
  for (let i = 1; i < word.length; i += 1) if (bytes[at + i] !== word[i]) return -1;
  return at + word.length;
}

/** Any value, however deep: without recursion, as V8's own parser. */
export function skipValue(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) return skipScalar(bytes, at);
  // The closing byte of every container that is open.
  const open: number[] = [];
  for (;;) {
    const byte = bytes[at];
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      const close = byte === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY;
      at = skipSpace(bytes, at + 1);
      if (bytes[at] !== close) {
        open.push(close);
        if (close === CLOSE_OBJECT) at = skipKey(bytes, at);
        if (at === -1) return -1;
        continue;
      }
      at += 1;
    } else {
      at = skipScalar(bytes, at);
      if (at === -1) return -1;
    }
    // Behind a value: its container ends, once or more, or goes on.
    for (;;) {
      const close = open.at(-1);
      if (close === undefined) return at;
      at = skipSpace(bytes, at);
      if (bytes[at] === COMMA) {
        at = skipSpace(bytes, at + 1);
        if (close === CLOSE_OBJECT) at = skipKey(bytes, at);
        if (at === -1) return -1;
        break;
      }
      if (bytes[at] !== close) return -1;
      open.pop();
      at += 1;
    }
  }
}

/** A key and the colon. @returns the position of its value */
function skipKey(bytes: Uint8Array, at: number): number {
  const end = skipString(bytes, at);
  if (end === -1) return -1;
  const colon = skipSpace(bytes, end);
  return bytes[colon] === COLON ? skipSpace(bytes, colon + 1) : -1;
}

/**
 * Calls `member` for each key of an object with the positions of the key (with its quotes) and of its value; it returns
 * the position after the value, or -1 to give up.
 */
export function eachMember(
  bytes: Uint8Array,
  at: number,
  member: (keyStart: number, keyEnd: number, value: number) => number,
): number {
  if (bytes[at] !== OPEN_OBJECT) return -1;
  at = skipSpace(bytes, at + 1);
  if (bytes[at] === CLOSE_OBJECT) return at + 1;
  for (;;) {
    const keyEnd = skipString(bytes, at);
    if (keyEnd === -1) return -1;
    const colon = skipSpace(bytes, keyEnd);
    if (bytes[colon] !== COLON) return -1;
    at = member(at, keyEnd, skipSpace(bytes, colon + 1));
    if (at === -1) return -1;
    at = skipSpace(bytes, at);
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpace(bytes, at + 1);
  }
}

/** The same for each element of an array. */
export function eachElement(bytes: Uint8Array, at: number, element: (value: number) => number): number {
  if (bytes[at] !== OPEN_ARRAY) return -1;
  at = skipSpace(bytes, at + 1);
  if (bytes[at] === CLOSE_ARRAY) return at + 1;
  for (;;) {
    at = element(at);
    if (at === -1) return -1;
    at = skipSpace(bytes, at);
    if (bytes[at] === CLOSE_ARRAY) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpace(bytes, at + 1);
  }
}

/** Finds which of some keys stands at a place, by its bytes; a key written with escapes is decoded first. */
export class KeyFinder {
  readonly #byLength: { readonly bytes: Uint8Array; readonly index: number }[][] = [];

  constructor(names: readonly string[]) {
    for (const [index, name] of names.entries()) {
      const bytes = Buffer.from(JSON.stringify(name));
      (this.#byLength[bytes.length] ??= []).push({ bytes, index });
    }
  }

  /** @returns index among the names, or -1 */
  find(bytes: Buffer, start: number, end: number): number {
    const index = this.#plain(bytes, start, end);
    return index === -1 && hasEscape(bytes, start, end) ? this.#decoded(bytes, start, end) : index;
  }

  #plain(bytes: Uint8Array, start: number, end: number): number {
    for (const candidate of this.#byLength[end - start] ?? []) {
      let same = 1;
      while (same < candidate.bytes.length && bytes[start + same] === candidate.bytes[same]) same += 1;
      if (same === candidate.bytes.length) return candidate.index;
    }
    return -1;
  }

  #decoded(bytes: Buffer, start: number, end: number): number {
    const plain = Buffer.from(JSON.stringify(JSON.parse(bytes.toString('utf8', start, end))));
    return this.#plain(plain, 0, plain.length);
  }
}

function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at] === BACKSLASH) return true;
  return false;
}

/** Whether a JSON value is a string whose bytes are the text itself. */
export function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== 0x22) return false;
  for (let at = start + 1; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x5c || byte >= 0x80) return false;
  }
  return true;
}
