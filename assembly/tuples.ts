import { DATA, FULL, PADDING, PLACES, SCRATCH } from './layout';
import { isSame } from './shape';

/*
 * Numbers for tuples of values by their bytes: millions of records name the same few thousand callers and calls. A value that
 * is not there is a part of a tuple too, and other than all that are.
 */

/** Tuples from 0 on, in order of appearance, with a copy of each. */
@unmanaged
class Table {
  /** Parts of a tuple. */
  width: i32;
  size: i32;
  /** Open addressing: of each slot a hash, and the number of the tuple and one. */
  slots: usize;
  mask: i32;
  /** Of each part of each tuple, in `copies`. */
  ends: usize;
  mostEnds: i32;
  copies: usize;
  used: i32;
  room: i32;
  /** Of the places of parts: as many lists of `width` as it was made with. */
  lists: usize;
}

/** Comparing looks at 16 bytes. */
const SLACK: i32 = 16;

let tables: usize = 0;
let free: usize = 0;
let seed: u64 = 0;

/**
 * @param room for the file
 * @param high of a number that is another one in each run, so that it is not known before which values have the same hash
 */
export function prepare(room: i32, high: i32, low: i32): void {
  tables = (DATA + room + PADDING + 15) & ~15;
  free = tables;
  seed = ((<u64>high) << 32) | (<u64>(<u32>low));
}

/** Forgets all tables. */
export function forget(): void {
  free = tables;
}

/** @returns bytes of all tables */
export function weight(): i32 {
  return <i32>(free - tables);
}

/** @returns 0 where there is no room */
function allocate(size: i32): usize {
  const end = (<usize>memory.size()) << 16;
  // What is behind it may be looked at with it.
  if (<usize>size + 64 > end - free) return 0;
  const at = free;
  free = (free + size + 15) & ~15;
  return at;
}

function slotsFor(count: i32): usize {
  const slots = allocate(8 * count);
  if (slots != 0) memory.fill(slots, 0, 8 * count);
  return slots;
}

/** @returns address of a table, 0 where there is no room for it */
export function makeTable(width: i32, lists: i32): usize {
  const at = allocate(offsetof<Table>());
  const listsAt = allocate(4 * width * lists);
  const slots = slotsFor(1024);
  const ends = allocate(4 * 1024);
  const copies = allocate(16 * 1024);
  if (at == 0 || listsAt == 0 || slots == 0 || ends == 0 || copies == 0) return 0;
  const table = changetype<Table>(at);
  table.width = width;
  table.size = 0;
  table.slots = slots;
  table.mask = 1023;
  table.ends = ends;
  table.mostEnds = 1024;
  table.copies = copies;
  table.used = 0;
  table.room = 16 * 1024;
  table.lists = listsAt;
  return at;
}

export function listsOf(table: usize): usize {
  return changetype<Table>(table).lists;
}

export function sizeOf(table: usize): i32 {
  return changetype<Table>(table).size;
}

export function copiesOf(table: usize): usize {
  return changetype<Table>(table).copies;
}

export function endsOf(table: usize): usize {
  return changetype<Table>(table).ends;
}

function placeOf(list: usize, part: i32): usize {
  return PLACES + 8 * load<i32>(list + 4 * part);
}

function startOf(place: usize): usize {
  return DATA + load<i32>(place);
}

function lengthOf(place: usize): i32 {
  return load<i32>(place, 4) - load<i32>(place);
}

function mixed(hash: u64, word: u64): u64 {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >>> 32);
}

function hashOf(at: usize, length: i32, before: u64): u64 {
  let hash = mixed(before, <u64>length);
  const end = at + length;
  for (; at + 8 <= end; at += 8) hash = mixed(hash, load<u64>(at));
  return at == end ? hash : mixed(hash, load<u64>(at) << (64 - 8 * <u64>(end - at)));
}

/** @param list of the tuple's slots @returns number of the tuple, FULL where there is no room for it */
export function intern(tableAt: usize, list: usize): i32 {
  const table = changetype<Table>(tableAt);
  let hash = seed;
  for (let part = 0; part < table.width; part += 1) {
    const place = placeOf(list, part);
    hash = hashOf(startOf(place), lengthOf(place), hash);
  }
  const short = <i32>hash;
  let slot = short & table.mask;
  while (true) {
    const at = table.slots + 8 * slot;
    const id = load<i32>(at, 4);
    if (id == 0) return add(table, list, short, at);
    if (load<i32>(at) == short && isTuple(table, id - 1, list)) return id - 1;
    slot = (slot + 1) & table.mask;
  }
  return 0;
}

/** The same for a table whose list is SCRATCH alone, by a value's place. */
export function internAt(table: usize, start: i32, end: i32): i32 {
  store<i32>(PLACES + 8 * SCRATCH, start);
  store<i32>(PLACES + 8 * SCRATCH + 4, end);
  return intern(table, changetype<Table>(table).lists);
}

function isTuple(table: Table, id: i32, list: usize): bool {
  let at = id == 0 ? 0 : load<i32>(table.ends + 4 * (id * table.width - 1));
  let end = table.ends + 4 * id * table.width;
  for (let part = 0; part < table.width; part += 1) {
    const place = placeOf(list, part);
    const length = lengthOf(place);
    if (load<i32>(end) != at + length || !isSame(startOf(place), table.copies + at, length)) return false;
    at += length;
    end += 4;
  }
  return true;
}

function add(table: Table, list: usize, short: i32, slot: usize): i32 {
  let needed: i64 = table.used + SLACK;
  for (let part = 0; part < table.width; part += 1) needed += lengthOf(placeOf(list, part));
  if (needed > table.room && !growCopies(table, needed)) return FULL;
  if ((table.size + 1) * table.width > table.mostEnds && !growEnds(table)) return FULL;
  const id = table.size;
  for (let part = 0; part < table.width; part += 1) {
    const place = placeOf(list, part);
    const length = lengthOf(place);
    memory.copy(table.copies + table.used, startOf(place), length);
    table.used += length;
    store<i32>(table.ends + 4 * (id * table.width + part), table.used);
  }
  store<i32>(slot, short);
  store<i32>(slot, id + 1, 4);
  table.size += 1;
  return 2 * table.size > table.mask && !growSlots(table) ? FULL : id;
}

function growCopies(table: Table, needed: i64): bool {
  const room = max<i64>(needed, 2 * <i64>table.room);
  const copies = room > i32.MAX_VALUE ? 0 : allocate(<i32>room);
  if (copies == 0) return false;
  memory.copy(copies, table.copies, table.used);
  table.copies = copies;
  table.room = <i32>room;
  return true;
}

function growEnds(table: Table): bool {
  const ends = allocate(8 * table.mostEnds);
  if (ends == 0) return false;
  memory.copy(ends, table.ends, 4 * table.mostEnds);
  table.ends = ends;
  table.mostEnds *= 2;
  return true;
}

function growSlots(table: Table): bool {
  const count = 2 * (table.mask + 1);
  const slots = slotsFor(count);
  if (slots == 0) return false;
  for (let from = 0; from <= table.mask; from += 1) {
    const at = table.slots + 8 * from;
    if (load<i32>(at, 4) == 0) continue;
    let slot = load<i32>(at) & (count - 1);
    while (load<i32>(slots + 8 * slot, 4) != 0) slot = (slot + 1) & (count - 1);
    store<u64>(slots + 8 * slot, load<u64>(at));
  }
  table.slots = slots;
  table.mask = count - 1;
  return true;
}
