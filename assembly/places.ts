import { byte, QUOTE } from './json';
import { DATA, PLACES } from './layout';

/*
 * The positions of a record's values, by slot.
 */

function placeOf(slot: i32): usize {
  return PLACES + 8 * slot;
}

/** @param start, end relative to DATA */
export function place(slot: i32, start: i32, end: i32): void {
  store<i32>(placeOf(slot), start);
  store<i32>(placeOf(slot), end, 4);
}

export function isThere(slot: i32): bool {
  return load<i32>(placeOf(slot)) != -1;
}

/** Start address of a present value. */
export function startAt(slot: i32): usize {
  return DATA + load<i32>(placeOf(slot));
}

/** End address. */
export function endAt(slot: i32): usize {
  return DATA + load<i32>(placeOf(slot), 4);
}

/** Length in bytes; 0 for a missing value. */
export function lengthAt(slot: i32): i32 {
  return load<i32>(placeOf(slot), 4) - load<i32>(placeOf(slot));
}

export function remove(slot: i32): void {
  store<i64>(placeOf(slot), -1);
}

/** Whether a value is a non-empty string. */
export function hasText(slot: i32): bool {
  return lengthAt(slot) > 2 && byte(startAt(slot)) == QUOTE;
}
