import type { Walker } from './walker.js';

/*
 * The steps between the records of a file, as positions in its bytes: what is in the records is walked over by walker.ts. Every
 * function returns the position behind what it is for, or -1 where JSON.parse would throw (RFC 8259).
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** The first position from `at` on that is not white space. */
export function skipSpace(view: DataView, at: number): number {
  for (;;) {
    const byte = view.getUint8(at);
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
  }
}

export const skipString = (walker: Walker, view: DataView, at: number): number =>
  view.getUint8(at) === QUOTE ? walker.skipValue(at) : -1;

/** @param at behind a key @returns the position of its value */
export function skipColon(view: DataView, at: number): number {
  at = skipSpace(view, at);
  return view.getUint8(at) === COLON ? skipSpace(view, at + 1) : -1;
}

/**
 * Behind a member of an object or an element of an array.
 * @param close closing byte of the object or array
 * @returns the position of the next one, or of the closing byte
 */
export function skipComma(view: DataView, at: number, close: number): number {
  at = skipSpace(view, at);
  const byte = view.getUint8(at);
  if (byte === close) return at;
  if (byte !== COMMA) return -1;
  at = skipSpace(view, at + 1);
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
