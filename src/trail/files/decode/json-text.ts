import type { JsonScanner } from './json-scanner.js';

/*
 * Steps between the records of a file, as positions in its bytes; json-scanner.ts scans the records. Every function
 * returns the position after what it skips, or -1 if JSON.parse would throw (RFC 8259).
 */

export const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** First position from `at` that is not white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  for (;;) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
  }
}

export const skipString = (scanner: JsonScanner, bytes: Uint8Array, at: number): number =>
  bytes[at] === QUOTE ? scanner.skipValue(at) : -1;

/**
 * @param at position after a key
 * @returns the position of its value
 */
export function skipColon(bytes: Uint8Array, at: number): number {
  at = skipSpace(bytes, at);
  return bytes[at] === COLON ? skipSpace(bytes, at + 1) : -1;
}

/**
 * After a member of an object or an element of an array.
 * @param close closing byte of the object or array
 * @returns the position of the next one, or of the closing byte
 */
export function skipComma(bytes: Uint8Array, at: number, close: number): number {
  at = skipSpace(bytes, at);
  const byte = bytes[at];
  if (byte === close) return at;
  if (byte !== COMMA) return -1;
  at = skipSpace(bytes, at + 1);
  return bytes[at] === close ? -1 : at;
}

/** Calls `element` with the position of each element of an array; it returns the position after it, or -1 to give up. */
export function eachElement(bytes: Uint8Array, at: number, element: (value: number) => number): number {
  if (bytes[at] !== OPEN_ARRAY) return -1;
  at = skipSpace(bytes, at + 1);
  while (bytes[at] !== CLOSE_ARRAY) {
    at = element(at);
    if (at !== -1) at = skipComma(bytes, at, CLOSE_ARRAY);
    if (at === -1) return -1;
  }
  return at + 1;
}
