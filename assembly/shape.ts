import { isPlain } from './json';
import { DATA, KEY, ROOM, SHAPES, TIMES } from './layout';
import { remove } from './places';

/** A key of an object. */
@unmanaged
export class Key {
  /** Key that followed last time: most objects have the same key order. */
  next: usize;
  /** Address of the key, with quotes. */
  start: usize;
  length: i32;
  /** -1 for an irrelevant key. */
  slot: i32;
  /** Shape of its value, 0 for none. */
  inner: usize;
}

/** Maximum number of irrelevant keys to remember, memory for names permitting. */
const MAX_OTHERS: i32 = 64;
/** Keys are hashed by four bytes after the quote; shorter keys are not hashed. */
const SHORTEST: i32 = 3;

/** Relevant keys of an object. */
@unmanaged
export class Shape {
  /** Like `next` in Key, for the first key. */
  next: usize;
  /** Hash table of keys. */
  table: usize;
  mask: i32;
  others: i32;
  names: usize;
  used: i32;
}

let free: usize = SHAPES;

function allocate(size: usize): usize {
  const at = free;
  free = (free + size + 15) & ~15;
  if (free > TIMES) unreachable();
  memory.fill(at, 0, free - at);
  return at;
}

/**
 * @param count number of relevant keys
 * @returns address of the shape
 */
export function makeShape(count: i32): usize {
  let size = 4;
  while (size < 4 * (count + MAX_OTHERS)) size *= 2;
  const shape = changetype<Shape>(allocate(offsetof<Shape>()));
  shape.table = allocate(4 * size);
  shape.mask = size - 1;
  shape.names = allocate(ROOM);
  return changetype<usize>(shape);
}

/**
 * @param length of the key in KEY, with quotes
 * @returns 0 if memory is exhausted
 */
export function addKey(shape: usize, length: i32, slot: i32, inner: usize): usize {
  return add(changetype<Shape>(shape), KEY, length, slot, inner);
}

function placeOf(shape: Shape, start: usize, length: i32): i32 {
  return (((load<i32>(start + 1) ^ length) * 0x9e3779b1) >>> 16) & shape.mask;
}

function add(shape: Shape, start: usize, length: i32, slot: i32, inner: usize): usize {
  // Comparisons load 16 bytes.
  if (shape.used + length + 16 > ROOM) return 0;
  const key = changetype<Key>(allocate(offsetof<Key>()));
  key.start = shape.names + shape.used;
  key.length = length;
  key.slot = slot;
  key.inner = inner;
  memory.copy(key.start, start, length);
  shape.used += length;
  let place = placeOf(shape, start, length);
  while (load<usize>(shape.table + 4 * place) != 0) place = (place + 1) & shape.mask;
  store<usize>(shape.table + 4 * place, changetype<usize>(key));
  return changetype<usize>(key);
}

export function isSame(a: usize, b: usize, length: i32): bool {
  while (length > 16) {
    if (i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) != 0xffff) return false;
    a += 16;
    b += 16;
    length -= 16;
  }
  const bits = (1 << length) - 1;
  return (i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) & bits) == bits;
}

function lookUp(shape: Shape, start: usize, length: i32): usize {
  let place = placeOf(shape, start, length);
  while (true) {
    const at = load<usize>(shape.table + 4 * place);
    if (at == 0) return 0;
    const key = changetype<Key>(at);
    if (key.length == length && isSame(start, key.start, length)) return at;
    place = (place + 1) & shape.mask;
  }
  return 0;
}

/**
 * Rewrites a key to KEY as JSON.stringify would.
 * @returns its length, 0 if too long
 */
declare function rewrite(start: i32, end: i32): i32;

/** @returns 0 for an unknown key */
export function find(shape: Shape, start: usize, end: usize): usize {
  const length = <i32>(end - start);
  const known = lookUp(shape, start, length);
  if (known != 0) return known;
  if (!isPlain(start, length)) {
    // It may be a known key written with escapes.
    const rewritten = rewrite(<i32>(start - DATA), <i32>(end - DATA));
    return rewritten == 0 ? 0 : lookUp(shape, KEY, rewritten);
  }
  if (shape.others == MAX_OTHERS || length < SHORTEST + 2) return 0;
  shape.others += 1;
  return add(shape, start, length, -1, 0);
}

/** Clears the positions of an object whose key is repeated. */
export function clear(shape: Shape): void {
  for (let place = 0; place <= shape.mask; place += 1) {
    const at = load<usize>(shape.table + 4 * place);
    if (at == 0) continue;
    const key = changetype<Key>(at);
    if (key.slot == -1) continue;
    remove(key.slot);
    if (key.inner != 0) clear(changetype<Shape>(key.inner));
  }
}
