import { BACKSLASH, byte, OPEN_OBJECT, QUOTE } from './json';
import { endAt, isThere, startAt } from './places';

/** Bytes of a mark: the first bytes of a name in lower case, and a mask of as many. */
const MARK: usize = 16;
/** Makes ASCII letters small. It leaves `"`, `-` and `:` as they are. */
const SMALL: u64 = 0x2020202020202020;

/**
 * Whether JavaScript has to look into the request of a call, which takes far longer: something in it may be one of the names that the
 * call's marks begin, or it is no object with something in it. Most requests are let pass.
 * @param slot of the request
 * @param marks how many, four bytes of nothing, and each mark
 */
export function mayMatter(slot: i32, marks: usize): bool {
  if (!isThere(slot) || byte(startAt(slot)) != OPEN_OBJECT) return true;
  const first = marks + 8;
  const last = first + MARK * load<i32>(marks);
  const end = endAt(slot);
  let isEmpty = true;
  for (let at = startAt(slot); at < end; at += 16) {
    const bytes = v128.load(at);
    const rest = i32(end - at);
    const within: i32 = rest < 16 ? (1 << rest) - 1 : 0xffff;
    // A name may be written with escapes.
    if ((i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH))) & within) != 0) return true;
    let quotes = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE))) & within;
    if (quotes != 0) isEmpty = false;
    for (; quotes != 0; quotes &= quotes - 1) {
      const name = at + ctz(quotes) + 1;
      const start = load<u64>(name) | SMALL;
      for (let mark = first; mark < last; mark += MARK)
        if ((start & load<u64>(mark, 8)) == load<u64>(mark)) return true;
    }
  }
  return isEmpty;
}
