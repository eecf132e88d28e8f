/*
 * AssemblyScript, not TypeScript: `npm run wasm` makes src/trail/files/walk-wasm.ts of it.
 *
 * Walks over JSON as bytes without making values of it: JSON.parse of a whole log file costs more than unpacking it, and nine
 * tenths of a record are not needed. It takes exactly what JSON.parse takes (RFC 8259; bytes that are no UTF-8 are text to both).
 * Text is looked at 16 bytes at a time, for which JavaScript has no instructions.
 */

import {
  byte,
  CLOSE_OBJECT,
  COMMA,
  forgetDepth,
  OPEN_OBJECT,
  QUOTE,
  skipAny,
  skipColon,
  skipSpace,
  skipString,
  skipText,
  SPACE,
} from './json';
import { DATA, PLACES, TOO_DEEP } from './layout';
import { clear, find, isSame, Key, Shape } from './shape';

export { DATA, FULL, KEY, PADDING, ROOM, SCRATCH, TOO_DEEP } from './layout';
export { addKey, makeShape } from './shape';
export {
  copiesOf,
  endsOf,
  forget,
  intern,
  internAt,
  listsOf,
  makeTable,
  prepare,
  sizeOf,
  weight,
} from './tuples';

/** @returns as all functions for JavaScript a position in the file, or -1 */
function position(at: usize): i32 {
  if (forgetDepth()) return TOO_DEEP;
  return at == 0 ? -1 : <i32>(at - DATA);
}

/** A value. */
export function skipValue(at: i32): i32 {
  return position(skipAny(DATA + at));
}

/** Walks over an object. */
function readObject(shapeAt: usize, at: usize): usize {
  const shape = changetype<Shape>(shapeAt);
  let last = shapeAt;
  at += 1;
  if (byte(at) <= SPACE) at = skipSpace(at);
  if (byte(at) == CLOSE_OBJECT) return at + 1;
  while (true) {
    let known = load<usize>(last, offsetof<Key>('next'));
    if (known != 0 && isSame(at, changetype<Key>(known).start, changetype<Key>(known).length)) {
      at += changetype<Key>(known).length;
      last = known;
    } else {
      const start = at;
      at = skipString(start);
      if (at == 0) return 0;
      known = find(shape, start, at);
      if (known != 0) {
        store<usize>(last, known, offsetof<Key>('next'));
        last = known;
      }
    }
    at = skipColon(at);
    if (at == 0) return 0;
    const value = at;
    let slot = -1;
    let inner: usize = 0;
    if (known != 0) {
      slot = changetype<Key>(known).slot;
      inner = changetype<Key>(known).inner;
      if (inner != 0 && load<i32>(PLACES + 8 * slot) != -1) clear(changetype<Shape>(inner));
    }
    const first = byte(value);
    if (first == QUOTE) at = skipText(value + 1);
    else if (first == OPEN_OBJECT && inner != 0) at = readObject(inner, value);
    else at = skipAny(value);
    if (at == 0) return 0;
    if (slot != -1) {
      store<i32>(PLACES + 8 * slot, <i32>(value - DATA));
      store<i32>(PLACES + 8 * slot + 4, <i32>(at - DATA));
    }
    if (byte(at) <= SPACE) at = skipSpace(at);
    const behind = byte(at);
    if (behind == CLOSE_OBJECT) return at + 1;
    if (behind != COMMA) return 0;
    at += 1;
    if (byte(at) <= SPACE) at = skipSpace(at);
  }
  return 0;
}

/**
 * Walks over an object and notes where the values are. Of a key that is there twice the last one counts, as in JSON.parse.
 * @param shape its address
 * @param at of its opening byte
 */
export function read(shape: usize, at: i32): i32 {
  return position(readObject(shape, DATA + at));
}
