import {
  byte,
  CLOSE_OBJECT,
  COMMA,
  OPEN_OBJECT,
  QUOTE,
  skipAny,
  skipColon,
  skipSpace,
  skipString,
  skipText,
  SPACE,
} from './json';
import { DATA } from './layout';
import { isThere, place } from './places';
import { clear, find, isSame, Key, Shape } from './shape';

/** Scans an object. */
export function readObject(shapeAt: usize, at: usize): usize {
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
      if (inner != 0 && isThere(slot)) clear(changetype<Shape>(inner));
    }
    const first = byte(value);
    if (first == QUOTE) at = skipText(value + 1);
    else if (first == OPEN_OBJECT && inner != 0) at = readObject(inner, value);
    else at = skipAny(value);
    if (at == 0) return 0;
    if (slot != -1) place(slot, <i32>(value - DATA), <i32>(at - DATA));
    if (byte(at) <= SPACE) at = skipSpace(at);
    const behind = byte(at);
    if (behind == CLOSE_OBJECT) return at + 1;
    if (behind != COMMA) return 0;
    at += 1;
    if (byte(at) <= SPACE) at = skipSpace(at);
  }
  return 0;
}
