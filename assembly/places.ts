import { byte, QUOTE } from './json';
import { DATA, PLACES } from './layout';

/*
 * Where the values of a record are, by their slots.
 */

function placeOf(slot: i32): usize {
  return PLACES + 8 * slot;
}

export function isThere(slot: i32): bool {
  return load<i32>(placeOf(slot)) != -1;
}

/** Address of the first byte of a value that is there. */
export function startAt(slot: i32): usize {
  return DATA + load<i32>(placeOf(slot));
}

/** Behind its last byte. */
export function endAt(slot: i32): usize {
  return DATA + load<i32>(placeOf(slot), 4);
}

export function remove(slot: i32): void {
  store<i64>(placeOf(slot), -1);
}

/** Whether a value is a string that is not empty. */
export function hasText(slot: i32): bool {
  return isThere(slot) && endAt(slot) - startAt(slot) > 2 && byte(startAt(slot)) == QUOTE;
}
