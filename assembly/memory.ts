import { DATA, PADDING } from './layout';

/*
 * Table memory, after the file. It is not freed piece by piece: a table that grows abandons its old memory, which
 * counts for `tableBytes`. At a limit, JavaScript drops all tables.
 */

/** Bytes after the last table that 16-byte loads can reach. */
const BEYOND: i64 = 64;

let tables: usize = 0;
/** Address after all tables. */
let free: usize = 0;

/** @param room bytes for the file */
export function startTables(room: i32): void {
  tables = <usize>rounded(DATA + room + PADDING);
  forget();
}

/** Drops all tables. */
export function forget(): void {
  free = tables;
}

/** @returns number of allocated bytes */
export function tableBytes(): i32 {
  return <i32>(free - tables);
}

/** Throws WasmMemoryExhaustedError. */
declare function memoryExhausted(): void;

function rounded(size: i64): i64 {
  return (size + 15) & ~15;
}

/** @returns address, valid until all tables are dropped */
export function allocate(size: i64): usize {
  const end = (<usize>memory.size()) << 16;
  if (size + BEYOND > <i64>(end - free)) memoryExhausted();
  const at = free;
  free += <usize>rounded(size);
  return at;
}

/** Allocates bytes filled with zeros. */
export function zeros(size: i64): usize {
  const at = allocate(size);
  memory.fill(at, 0, <usize>size);
  return at;
}

/**
 * Copies to twice the size, filled up with zeros.
 * @returns new address
 */
export function enlarged(at: usize, size: i64): usize {
  const larger = zeros(2 * size);
  memory.copy(larger, at, <usize>size);
  return larger;
}

/** @returns address of a list of numbers */
export function makeList(length: i32): usize {
  return zeros(4 * length);
}
