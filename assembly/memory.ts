import { DATA, PADDING } from './layout';

/*
 * Memory for tables, behind the file. It is handed out once and never given back one by one: tables grow to twice their size, and what they
 * leave counts to `tableBytes`, at which JavaScript forgets all of them.
 */

/** Of what is looked at with the last bytes of a table. */
const BEYOND: i64 = 64;

let tables: usize = 0;
/** Behind all of them. */
let free: usize = 0;

/** @param room for the file */
export function startTables(room: i32): void {
  tables = <usize>rounded(DATA + room + PADDING);
  forget();
}

/** Forgets all tables. */
export function forget(): void {
  free = tables;
}

/** @returns bytes that were handed out */
export function tableBytes(): i32 {
  return <i32>(free - tables);
}

/** Throws what says so: a file, or the different values in it, are too many. */
declare function memoryExhausted(): void;

function rounded(size: i64): i64 {
  return (size + 15) & ~15;
}

/** @returns address of so many bytes, until all tables are forgotten */
export function allocate(size: i64): usize {
  const end = (<usize>memory.size()) << 16;
  if (size + BEYOND > <i64>(end - free)) memoryExhausted();
  const at = free;
  free += <usize>rounded(size);
  return at;
}

/** The same, all zeros. */
export function zeros(size: i64): usize {
  const at = allocate(size);
  memory.fill(at, 0, <usize>size);
  return at;
}

/** Instead of so many bytes. @returns address of twice as many: the same ones, and zeros */
export function enlarged(at: usize, size: i64): usize {
  const larger = zeros(2 * size);
  memory.copy(larger, at, <usize>size);
  return larger;
}

/** @returns address of a list of so many numbers */
export function makeList(length: i32): usize {
  return zeros(4 * length);
}
