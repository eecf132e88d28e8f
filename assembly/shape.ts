import { isPlain } from './json';
import { DATA, KEY, ROOM, SHAPES, TIMES } from './layout';
import { remove } from './places';

/** A key of an object. */
@unmanaged
export class Key {
  /** The key that came after it the last time: most objects have the same order of keys. */
  next: usize;
  /** Address of its bytes, with the quotes. */
  start: usize;
  length: i32;
  /** -1 for a key that does not matter. */
  slot: i32;
  /** The shape of its value, 0 for none. */
  inner: usize;
}

/** The most keys that do not matter and are remembered, as far as memory for their names goes. */
const MAX_OTHERS: i32 = 64;
/** Keys are hashed by four bytes after the quote, which shorter ones do not have. */
const SHORTEST: i32 = 3;

/** The keys of an object that matter. */
@unmanaged
export class Shape {
  /** As in Key, before the first key. */
  next: usize;
  /** Keys by hash. */
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
 * @param count of the keys that matter
 * @returns address of a shape
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
 * @param length of a key at KEY, with its quotes
 * @returns 0 when there is no memory for it
 */
export function addKey(shape: usize, length: i32, slot: i32, inner: usize): usize {
  return add(changetype<Shape>(shape), KEY, length, slot, inner);
}

function placeOf(shape: Shape, start: usize, length: i32): i32 {
  return (((load<i32>(start + 1) ^ length) * 0x9e3779b1) >>> 16) & shape.mask;
}

function add(shape: Shape, start: usize, length: i32, slot: i32, inner: usize): usize {
  // Comparing loads 16 bytes.
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
 * Writes a key to KEY as JSON.stringify does.
 * @returns its length, 0 when it is too long
 */
declare function rewrite(start: i32, end: i32): i32;

/** @returns 0 for a key that is not remembered */
export function find(shape: Shape, start: usize, end: usize): usize {
  const length = <i32>(end - start);
  const known = lookUp(shape, start, length);
  if (known != 0) return known;
  if (!isPlain(start, length)) {
    // It may be one of the others, written with escapes.
    const rewritten = rewrite(<i32>(start - DATA), <i32>(end - DATA));
    return rewritten == 0 ? 0 : lookUp(shape, KEY, rewritten);
  }
  if (shape.others == MAX_OTHERS || length < SHORTEST + 2) return 0;
  shape.others += 1;
  return add(shape, start, length, -1, 0);
}

/** Removes the positions in an object whose key is repeated. */
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
