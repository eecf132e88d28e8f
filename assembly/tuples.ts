import { DATA, SCRATCH } from './layout';
import { allocate, enlarged, makeList, startTables, zeros } from './memory';
import { endAt, lengthAt, place, startAt } from './places';
import { isSame } from './shape';

/*
 * Interns tuples of values by their bytes: millions of records have the same few thousand callers and calls. A
 * missing value is distinct from all other values.
 */

/** Tuples with indexes from 0, and a copy of each. */
@unmanaged
class Table {
  /** Number of values in a tuple. */
  width: i32;
  size: i32;
  /** Open addressing. A slot has a hash, and the index of the tuple plus one. */
  slots: usize;
  mask: i32;
  /** End of each value of each tuple, in `copies`. */
  ends: usize;
  mostEnds: i32;
  copies: usize;
  used: i32;
  room: i32;
  /** Slots of the values: as many lists of `width` as the table was created with. */
  lists: usize;
  /** Facts of each tuple, initially zeros. */
  facts: usize;
  mostFacts: i32;
  /** Size of the facts of a tuple in bytes. */
  factsWidth: i32;
}

/** Comparisons load 16 bytes. */
const SLACK: i32 = 16;

/** Random, so that nobody can craft logs with colliding hashes. */
export let seed: u64 = 0;

/** @param room bytes for the file */
export function prepare(room: i32, high: i32, low: i32): void {
  startTables(room);
  seed = ((<u64>high) << 32) | (<u64>(<u32>low));
}

/**
 * @param factsWidth size of the facts of each tuple in bytes
 * @returns address of the table
 */
export function makeTable(width: i32, lists: i32, factsWidth: i32): usize {
  const at = zeros(offsetof<Table>());
  const table = changetype<Table>(at);
  table.width = width;
  table.lists = makeList(width * lists);
  table.factsWidth = factsWidth;
  table.slots = zeros(8 * 1024);
  table.mask = 1023;
  table.ends = allocate(4 * 1024);
  table.mostEnds = 1024;
  table.copies = allocate(16 * 1024);
  table.room = 16 * 1024;
  table.mostFacts = 64;
  table.facts = zeros(table.mostFacts * table.factsWidth);
  return at;
}

/** Drops all tuples. */
export function empty(tableAt: usize): void {
  const table = changetype<Table>(tableAt);
  memory.fill(table.slots, 0, 8 * (table.mask + 1));
  memory.fill(table.facts, 0, table.size * table.factsWidth);
  table.size = 0;
  table.used = 0;
}

/** Address of one of the lists. */
export function listOf(tableAt: usize, list: i32): usize {
  const table = changetype<Table>(tableAt);
  return table.lists + 4 * table.width * list;
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

/** Address of the facts of a tuple, valid until another tuple is added. */
export function factsOf(tableAt: usize, id: i32): usize {
  const table = changetype<Table>(tableAt);
  return table.facts + id * table.factsWidth;
}

/** Stores the 64-bit hash of each value as its facts: the same in every table and run. */
export function hashValues(tableAt: usize): void {
  const table = changetype<Table>(tableAt);
  let at = 0;
  for (let id = 0; id < table.size; id += 1) {
    const end = load<i32>(table.ends + 4 * id);
    store<u64>(factsOf(tableAt, id), mixed(hashOf(table.copies + at, end - at, 0), 0));
    at = end;
  }
}

function slotOf(list: usize, part: i32): i32 {
  return load<i32>(list + 4 * part);
}

export function mixed(hash: u64, word: u64): u64 {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >>> 32);
}

export function hashOf(at: usize, length: i32, before: u64): u64 {
  let hash = mixed(before, <u64>length);
  const end = at + length;
  for (; at + 8 <= end; at += 8) hash = mixed(hash, load<u64>(at));
  return at == end ? hash : mixed(hash, load<u64>(at) << (64 - 8 * <u64>(end - at)));
}

/**
 * @param list address of the slots of the tuple
 * @returns index of the tuple
 */
export function intern(tableAt: usize, list: usize): i32 {
  const table = changetype<Table>(tableAt);
  let hash = seed;
  for (let part = 0; part < table.width; part += 1) {
    const slot = slotOf(list, part);
    hash = hashOf(startAt(slot), lengthAt(slot), hash);
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

/** The same for a table with the single slot SCRATCH, by position of the value. */
export function internAt(table: usize, start: i32, end: i32): i32 {
  place(SCRATCH, start, end);
  return intern(table, listOf(table, 0));
}

/** The same by slot of a present value. */
export function internValue(table: usize, slot: i32): i32 {
  return internAt(table, <i32>(startAt(slot) - DATA), <i32>(endAt(slot) - DATA));
}

function isTuple(table: Table, id: i32, list: usize): bool {
  let at = id == 0 ? 0 : load<i32>(table.ends + 4 * (id * table.width - 1));
  let end = table.ends + 4 * id * table.width;
  for (let part = 0; part < table.width; part += 1) {
    const slot = slotOf(list, part);
    const length = lengthAt(slot);
    if (load<i32>(end) != at + length || !isSame(startAt(slot), table.copies + at, length)) return false;
    at += length;
    end += 4;
  }
  return true;
}

function add(table: Table, list: usize, short: i32, slot: usize): i32 {
  let needed: i64 = table.used + SLACK;
  for (let part = 0; part < table.width; part += 1) needed += lengthAt(slotOf(list, part));
  if (needed > table.room) growCopies(table, needed);
  if ((table.size + 1) * table.width > table.mostEnds) {
    table.ends = enlarged(table.ends, 4 * <i64>table.mostEnds);
    table.mostEnds *= 2;
  }
  if (table.size == table.mostFacts) {
    table.facts = enlarged(table.facts, table.mostFacts * table.factsWidth);
    table.mostFacts *= 2;
  }
  const id = table.size;
  for (let part = 0; part < table.width; part += 1) {
    const value = slotOf(list, part);
    const length = lengthAt(value);
    memory.copy(table.copies + table.used, startAt(value), length);
    table.used += length;
    store<i32>(table.ends + 4 * (id * table.width + part), table.used);
  }
  store<i32>(slot, short);
  store<i32>(slot, id + 1, 4);
  table.size += 1;
  if (2 * table.size > table.mask) growSlots(table);
  return id;
}

function growCopies(table: Table, needed: i64): void {
  const room = max<i64>(needed, 2 * <i64>table.room);
  const copies = allocate(room);
  memory.copy(copies, table.copies, table.used);
  table.copies = copies;
  table.room = <i32>room;
}

function growSlots(table: Table): void {
  const count = 2 * (table.mask + 1);
  const slots = zeros(8 * <i64>count);
  for (let from = 0; from <= table.mask; from += 1) {
    const at = table.slots + 8 * from;
    if (load<i32>(at, 4) == 0) continue;
    let slot = load<i32>(at) & (count - 1);
    while (load<i32>(slots + 8 * slot, 4) != 0) slot = (slot + 1) & (count - 1);
    store<u64>(slots + 8 * slot, load<u64>(at));
  }
  table.slots = slots;
  table.mask = count - 1;
}
