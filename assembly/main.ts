/*
 * AssemblyScript, not TypeScript: `npm run wasm` makes src/trail/files/decode/wasm-module.ts of it.
 *
 * Walks over JSON as bytes without making values of it: JSON.parse of a whole log file costs more than unpacking it, and nine
 * tenths of a record are not needed. It takes exactly what JSON.parse takes (RFC 8259; bytes that are no UTF-8 are text to both).
 * Text is looked at 16 bytes at a time, for which JavaScript has no instructions. What matters of a record becomes numbers in
 * event.ts: what a thing means is asked of JavaScript once, when it is new.
 */

import { byte, forgetDepth, OPEN_OBJECT, skipAny } from './json';
import { DATA, PLACES, TOO_DEEP } from './layout';
import { readObject } from './object';

export { event, session, taken } from './event';
export { inflate, SLACK } from './inflate/inflate';
export {
  DATA,
  FACTS,
  FINGERPRINTS,
  KEY,
  CALLER_CALL_PAIRS,
  MOST_EVENTS,
  PADDING,
  RESOURCES,
  ROOM,
  SCRATCH,
  SESSIONS,
  SETTINGS,
  TIMES,
  TOO_DEEP,
} from './layout';
export { forget, makeList, tableBytes } from './memory';
export { countOf, emptyPairs, makePairs, pairsOf } from './pairs';
export { addKey, makeShape } from './shape';
export {
  copiesOf,
  empty,
  endsOf,
  factsOf,
  hashValues,
  intern,
  internAt,
  listOf,
  makeTable,
  prepare,
  sizeOf,
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

/**
 * A record: notes where the values are. Of a key that is there twice the last one counts, as in JSON.parse; what is no object
 * has no values.
 * @param shape its address
 * @param slots how many there are, of all shapes
 */
export function readRecord(shape: usize, at: i32, slots: i32): i32 {
  memory.fill(PLACES, 0xff, 8 * slots);
  const start = DATA + at;
  return position(byte(start) == OPEN_OBJECT ? readObject(shape, start) : skipAny(start));
}
