import { enlarged, zeros } from './memory';
import { seed } from './tuples';

/* Interns pairs of numbers; indexes start at 0. Longer tuples are pairs of pairs. */

@unmanaged
class Pairs {
  size: i32;
  /** Open addressing. A slot has the pair, and its index plus one. */
  slots: usize;
  mask: i32;
  /** All pairs by index. */
  all: usize;
  most: i32;
}

/** Size of a slot in bytes. */
const SLOT: i32 = 12;

/** @returns address of a table of pairs */
export function makePairs(): usize {
  const at = zeros(offsetof<Pairs>());
  const pairs = changetype<Pairs>(at);
  pairs.slots = zeros(SLOT * 1024);
  pairs.mask = 1023;
  pairs.all = zeros(8 * 1024);
  pairs.most = 1024;
  return at;
}

/** Drops all pairs. */
export function emptyPairs(at: usize): void {
  const pairs = changetype<Pairs>(at);
  memory.fill(pairs.slots, 0, SLOT * (<usize>pairs.mask + 1));
  pairs.size = 0;
}

export function countOf(pairs: usize): i32 {
  return changetype<Pairs>(pairs).size;
}

export function pairsOf(pairs: usize): usize {
  return changetype<Pairs>(pairs).all;
}

/** @returns slot of the pair, or the free slot for it */
function slotOf(pairs: Pairs, a: i32, b: i32): usize {
  let hash = (a ^ (<i32>seed)) * 0x9e3779b1;
  hash = (hash ^ (hash >>> 15) ^ b) * 0x85ebca6b;
  hash ^= hash >>> 15;
  let place = hash & pairs.mask;
  while (true) {
    const slot = pairs.slots + SLOT * place;
    if (load<i32>(slot, 8) == 0 || (load<i32>(slot) == a && load<i32>(slot, 4) == b)) return slot;
    place = (place + 1) & pairs.mask;
  }
  return 0;
}

/** @returns index of the pair */
export function internPair(pairsAt: usize, a: i32, b: i32): i32 {
  const pairs = changetype<Pairs>(pairsAt);
  const slot = slotOf(pairs, a, b);
  const known = load<i32>(slot, 8);
  if (known != 0) return known - 1;
  if (pairs.size == pairs.most) {
    pairs.all = enlarged(pairs.all, 8 * <i64>pairs.most);
    pairs.most *= 2;
  }
  const id = pairs.size;
  put(slot, a, b, id);
  store<i32>(pairs.all + 8 * id, a);
  store<i32>(pairs.all + 8 * id, b, 4);
  pairs.size += 1;
  if (4 * pairs.size > 3 * pairs.mask) grow(pairs);
  return id;
}

function put(slot: usize, a: i32, b: i32, id: i32): void {
  store<i32>(slot, a);
  store<i32>(slot, b, 4);
  store<i32>(slot, id + 1, 8);
}

function grow(pairs: Pairs): void {
  pairs.mask = 2 * pairs.mask + 1;
  pairs.slots = zeros(SLOT * (<i64>pairs.mask + 1));
  for (let id = 0; id < pairs.size; id += 1) {
    const a = load<i32>(pairs.all + 8 * id);
    const b = load<i32>(pairs.all + 8 * id, 4);
    put(slotOf(pairs, a, b), a, b, id);
  }
}
