import { DATA, PADDING } from './layout';

/*
 * Memory for tables, behind the file. Tables grow to twice their size, so that without using again what they leave half of all
 * would be left over.
 */

/** What a table left: by address, none next to another. */
@unmanaged
class Gap {
  size: usize;
  next: usize;
}

/** Of what is looked at with the last bytes of a table. */
const BEYOND: i64 = 64;

let tables: usize = 0;
/** Behind all of them. */
let free: usize = 0;
let firstGap: usize = 0;

/** @param room for the file */
export function startTables(room: i32): void {
  tables = <usize>rounded(DATA + room + PADDING);
  forget();
}

/** Forgets all tables. */
export function forget(): void {
  free = tables;
  firstGap = 0;
}

/** @returns bytes of all tables, and of what is between them */
export function weight(): i32 {
  return <i32>(free - tables);
}

/** Throws what says so: a file, or the different values in it, are too many. */
declare function noRoom(): void;

/** What so many bytes take: at the least what a gap does. */
function rounded(size: i64): i64 {
  return (max<i64>(size, 1) + 15) & ~15;
}

/** @returns address of so many bytes, until they are released or all tables are forgotten */
export function allocate(size: i64): usize {
  const needed = rounded(size);
  const gap = fill(needed);
  if (gap != 0) return gap;
  const end = (<usize>memory.size()) << 16;
  if (size + BEYOND > <i64>(end - free)) noRoom();
  const at = free;
  free += <usize>needed;
  return at;
}

/** Takes the first of a gap's bytes. @returns 0 where none has so many */
function fill(needed: i64): usize {
  let before: usize = 0;
  for (let at = firstGap; at != 0; at = changetype<Gap>(at).next) {
    const gap = changetype<Gap>(at);
    const left = <i64>gap.size - needed;
    if (left >= 0) {
      link(before, left == 0 ? gap.next : gapAt(at + <usize>needed, <usize>left, gap.next));
      return at;
    }
    before = at;
  }
  return 0;
}

function gapAt(at: usize, size: usize, next: usize): usize {
  const gap = changetype<Gap>(at);
  gap.size = size;
  gap.next = next;
  return at;
}

function link(before: usize, next: usize): void {
  if (before == 0) firstGap = next;
  else changetype<Gap>(before).next = next;
}

/** @param size that was allocated at that address */
export function release(address: usize, size: i64): void {
  let before: usize = 0;
  let next = firstGap;
  while (next != 0 && next < address) {
    before = next;
    next = changetype<Gap>(next).next;
  }
  let bytes = <usize>rounded(size);
  if (next == address + bytes) {
    bytes += changetype<Gap>(next).size;
    next = changetype<Gap>(next).next;
  }
  if (before != 0 && before + changetype<Gap>(before).size == address) {
    changetype<Gap>(before).size += bytes;
    changetype<Gap>(before).next = next;
  } else {
    link(before, gapAt(address, bytes, next));
  }
}

/** The same as `allocate`, all zeros. */
export function zeros(size: i64): usize {
  const at = allocate(size);
  memory.fill(at, 0, <usize>size);
  return at;
}

/** Instead of so many bytes. @returns address of twice as many: the same ones, and zeros */
export function enlarged(at: usize, size: i64): usize {
  const larger = zeros(2 * size);
  memory.copy(larger, at, <usize>size);
  release(at, size);
  return larger;
}

/** @returns address of a list of so many numbers */
export function makeList(length: i32): usize {
  return zeros(4 * length);
}
