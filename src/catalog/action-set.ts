import type { ActionSet } from './types.js';

// A set has no actions beyond its end: the sets of two reviews can differ in length.
const wordAt = (set: ActionSet, index: number): number => set[index] ?? 0;

/** An empty set that can hold `size` actions. */
export function emptySet(size: number): ActionSet {
  return new Uint32Array(Math.ceil(size / 32));
}

/** The set of all `size` actions. */
export function fullSet(size: number): ActionSet {
  const set = emptySet(size).fill(0xffffffff);
  const rest = size % 32;
  if (rest !== 0) set[set.length - 1] = 0xffffffff >>> (32 - rest);
  return set;
}

export function has(set: ActionSet, action: number): boolean {
  return (wordAt(set, action >>> 5) & (1 << (action & 31))) !== 0;
}

/** @throws RangeError if the set cannot hold the action */
export function add(set: ActionSet, action: number): void {
  const index = action >>> 5;
  if (index >= set.length) throw new RangeError(`action ${action} is beyond the end of the set`);
  set[index] = wordAt(set, index) | (1 << (action & 31));
}

/** target ∪= other. Returns target. @throws RangeError if it cannot hold all actions */
export function addAll(target: ActionSet, other: ActionSet): ActionSet {
  if (other.length > target.length) throw new RangeError('the other set is longer');
  for (let i = 0; i < other.length; i += 1) target[i] = wordAt(target, i) | wordAt(other, i);
  return target;
}

export function union(a: ActionSet, b: ActionSet): ActionSet {
  return addAll(a.slice(), b);
}

export function intersect(a: ActionSet, b: ActionSet): ActionSet {
  const both = a.slice();
  for (let i = 0; i < both.length; i += 1) both[i] = wordAt(a, i) & wordAt(b, i);
  return both;
}

/** a \ b. */
export function subtract(a: ActionSet, b: ActionSet): ActionSet {
  const rest = a.slice();
  for (let i = 0; i < rest.length; i += 1) rest[i] = wordAt(a, i) & ~wordAt(b, i);
  return rest;
}

/** a is a subset of b. */
export function isSubset(a: ActionSet, b: ActionSet): boolean {
  for (let i = 0; i < a.length; i += 1) if ((wordAt(a, i) & ~wordAt(b, i)) !== 0) return false;
  return true;
}

export function count(set: ActionSet): number {
  let total = 0;
  for (const word of set) total += bitsIn(word);
  return total;
}

/** Members in [from, to). */
export function countRange(set: ActionSet, from: number, to: number): number {
  let total = 0;
  for (let word = from >>> 5; word << 5 < to; word += 1)
    total += bitsIn(wordAt(set, word) & mask(word, from, to));
  return total;
}

/** a and b have a member in common in [from, to). */
export function overlap(a: ActionSet, b: ActionSet, from: number, to: number): boolean {
  for (let word = from >>> 5; word << 5 < to; word += 1)
    if ((wordAt(a, word) & wordAt(b, word) & mask(word, from, to)) !== 0) return true;
  return false;
}

/** The bits of a word for [from, to). */
function mask(word: number, from: number, to: number): number {
  const start = word << 5;
  const low = start < from ? 0xffffffff << (from - start) : 0xffffffff;
  return start + 32 > to ? low & (0xffffffff >>> (start + 32 - to)) : low;
}

/**
 * Members in [from, to), ascending. A list, because a generator is several times slower for tens of thousands of
 * members.
 */
export function members(set: ActionSet, from = 0, to = set.length * 32): number[] {
  const list: number[] = [];
  for (let word = from >>> 5; word << 5 < to && word < set.length; word += 1) {
    let bits = wordAt(set, word) & mask(word, from, to);
    while (bits !== 0) {
      list.push((word << 5) + (31 - Math.clz32(bits & -bits)));
      bits &= bits - 1;
    }
  }
  return list;
}

function bitsIn(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

export function isEmpty(set: ActionSet): boolean {
  for (const word of set) if (word !== 0) return false;
  return true;
}
