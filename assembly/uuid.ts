import { byte, QUOTE } from './json';
import { KEY } from './layout';
import { lengthAt, startAt } from './places';

const DASH: i32 = 0x2d;
const ZERO: i32 = 0x30;
const SMALL_A: i32 = 0x61;
/** Of `"01234567-89ab-cdef-0123-456789abcdef"`. */
const LENGTH: i32 = 38;

/** Puts the 128 bits of a UUID to KEY, the first 32 first. @returns false for all but a text as AWS writes them, in small letters */
export function uuid(slot: i32): bool {
  if (lengthAt(slot) != LENGTH) return false;
  const start = startAt(slot);
  if (byte(start) != QUOTE) return false;
  let word: i32 = 0;
  let digits = 0;
  for (let at = 1; at < LENGTH - 1; at += 1) {
    const character = byte(start + at);
    if (at == 9 || at == 14 || at == 19 || at == 24) {
      if (character != DASH) return false;
      continue;
    }
    const digit = character < SMALL_A ? character - ZERO : character - SMALL_A + 10;
    if (digit < 0 || digit > 15 || (character < SMALL_A && digit > 9)) return false;
    word = (word << 4) | digit;
    digits += 1;
    if ((digits & 7) == 0) store<i32>(KEY + ((<usize>digits) >> 1) - 4, word);
  }
  return true;
}
