/*
 * AssemblyScript, not TypeScript: `npm run wasm` compiles it to src/trail/files/decode/wasm-module.ts.
 * Scans JSON bytes without creating values: JSON.parse of a whole log file costs more than decompressing it, and
 * nine tenths of a record are not needed. Accepts exactly what JSON.parse accepts (RFC 8259; both accept invalid
 * UTF-8 as text). Strings are scanned 16 bytes at a time, for which JavaScript has no instructions. event.ts
 * encodes relevant values as numbers, and calls JavaScript for the meaning of new values.
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

/** @returns a position in the file, or -1, like all functions for JavaScript */
function position(at: usize): i32 {
  if (forgetDepth()) return TOO_DEEP;
  return at == 0 ? -1 : <i32>(at - DATA);
}

/** Skips a value. */
export function skipValue(at: i32): i32 {
  return position(skipAny(DATA + at));
}

/**
 * Reads a record: stores the positions of its values. For repeated keys, the last value counts, as in JSON.parse. A
 * value that is not an object has no positions.
 * @param shape address of the shape
 * @param slots number of slots of all shapes
 */
export function readRecord(shape: usize, at: i32, slots: i32): i32 {
  memory.fill(PLACES, 0xff, 8 * slots);
  const start = DATA + at;
  return position(byte(start) == OPEN_OBJECT ? readObject(shape, start) : skipAny(start));
}
