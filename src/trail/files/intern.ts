import { firstBytes, PADDING, sameBytes } from './padded.js';
import type { Places } from './walker.js';

/*
 * Numbers for things: millions of records name the same few thousand callers, calls and resources. Tables of numbers in
 * typed arrays take a fraction of the memory and time of Maps with keys of text, and go between threads as they are.
 */

/** An array of 32-bit numbers that grows. */
export class Ints {
  #data = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#data.length) this.#data = enlarge(this.#data);
    this.#data[this.length] = value;
    this.length += 1;
  }

  /** Adds a value so often that there are so many. */
  fillTo(length: number, value: number): void {
    while (length > this.#data.length) this.#data = enlarge(this.#data);
    if (length > this.length) this.#data.fill(value, this.length, length);
    this.length = Math.max(this.length, length);
  }

  at(index: number): number {
    return this.#data[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#data[index] = value;
  }

  /** A copy of what is there from an index on. */
  from(index: number): Int32Array<ArrayBuffer> {
    return this.#data.slice(index, this.length);
  }
}

function enlarge(data: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(data.length * 2);
  larger.set(data);
  return larger;
}

/** Other in each run, so that nobody can write logs of which all hashes are the same. */
const SEED = Math.floor(Math.random() * 2 ** 32) | 0;

/** Numbers pairs of numbers from 0 on, in order of appearance. Longer tuples are pairs of pairs. */
export class PairTable {
  /** Open addressing: of each slot the pair and its number and one, together since memory is what takes the time. */
  #slots = new Int32Array(SLOT * 1024);
  readonly #pairs = new Ints();

  get size(): number {
    return this.#pairs.length / 2;
  }

  intern(a: number, b: number): number {
    const slots = this.#slots;
    const at = placeOf(slots, a, b);
    const known = slots[at + 2] ?? 0;
    if (known !== 0) return known - 1;
    const id = this.size;
    this.#pairs.push(a);
    this.#pairs.push(b);
    slots[at] = a;
    slots[at + 1] = b;
    slots[at + 2] = id + 1;
    if (4 * SLOT * this.size > 3 * slots.length) this.#grow();
    return id;
  }

  /** What `merge` takes. */
  part(): Int32Array<ArrayBuffer> {
    return this.#pairs.from(0);
  }

  /**
   * @param first as the other: what the numbers in the part's pairs are here
   * @param second absent where they are the same
   * @returns what the numbers of its pairs are here
   */
  merge(part: Int32Array, first: Int32Array, second?: Int32Array): Int32Array {
    const ids = new Int32Array(part.length / 2);
    for (let id = 0; id < ids.length; id += 1) {
      const number = part[2 * id + 1] ?? 0;
      ids[id] = this.intern(
        first[part[2 * id] ?? 0] ?? 0,
        second === undefined ? number : (second[number] ?? 0),
      );
    }
    return ids;
  }

  first(id: number): number {
    return this.#pairs.at(2 * id);
  }

  second(id: number): number {
    return this.#pairs.at(2 * id + 1);
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let id = 0; id < this.size; id += 1) {
      const at = placeOf(slots, this.first(id), this.second(id));
      slots[at] = this.first(id);
      slots[at + 1] = this.second(id);
      slots[at + 2] = id + 1;
    }
    this.#slots = slots;
  }
}

/** Numbers of a slot. */
const SLOT = 3;

/** @returns the slot of a pair, or the free one where it belongs */
function placeOf(slots: Int32Array, a: number, b: number): number {
  let hash = Math.imul(a ^ SEED, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x85ebca6b);
  hash ^= hash >>> 15;
  const mask = slots.length / SLOT - 1;
  let place = hash & mask;
  for (;;) {
    const at = SLOT * place;
    if (slots[at + 2] === 0 || (slots[at] === a && slots[at + 1] === b)) return at;
    place = (place + 1) & mask;
  }
}

/** Stretches of bytes, one after the other, and where each ends. */
export interface Stretches {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Int32Array<ArrayBuffer>;
}

/** Numbers tuples of stretches of bytes from 0 on, in order of appearance. Keeps a copy of each. */
export class TupleTable {
  readonly #width: number;
  /** Open addressing: of each slot the hash, and the number of the tuple and one. */
  #slots = new Int32Array(2 * 1024);
  /** In `copies`, of each part of each tuple. */
  readonly #ends = new Ints();
  #copies = new Uint8Array(1 << 16);
  #view = new DataView(this.#copies.buffer);

  /** @param width parts of a tuple */
  constructor(width: number) {
    this.#width = width;
  }

  get size(): number {
    return this.#ends.length / this.#width;
  }

  /** Of the copies. */
  get bytes(): number {
    return this.#endOf(this.size - 1);
  }

  /**
   * @param view of PaddedBytes that the places are in
   * @param slots of the parts
   */
  intern(view: DataView, places: Places, slots: readonly number[]): number {
    let hash = SEED;
    for (const slot of slots) hash = hashOf(view, places[2 * slot] ?? -1, places[2 * slot + 1] ?? -1, hash);
    const mask = this.#slots.length - 1;
    let at = (2 * hash) & mask;
    for (let id = this.#slots[at + 1] ?? 0; id !== 0; id = this.#slots[at + 1] ?? 0) {
      if (this.#slots[at] === hash && this.#isSame(id - 1, view, places, slots)) return id - 1;
      at = (at + 2) & mask;
    }
    for (const slot of slots) this.#keep(view, places[2 * slot] ?? -1, places[2 * slot + 1] ?? -1);
    this.#slots[at] = hash;
    this.#slots[at + 1] = this.size;
    if (4 * this.size > this.#slots.length) this.#grow();
    return this.size - 1;
  }

  /** All from a number on. */
  from(id: number): Stretches {
    const first = this.#endOf(id - 1);
    return {
      bytes: this.#copies.slice(first, this.bytes),
      ends: this.#ends.from(id * this.#width).map((end) => end - first),
    };
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 2) {
      const hash = old[from] ?? 0;
      let at = (2 * hash) & (slots.length - 1);
      if (old[from + 1] === 0) continue;
      while (slots[at + 1] !== 0) at = (at + 2) & (slots.length - 1);
      slots[at] = hash;
      slots[at + 1] = old[from + 1] ?? 0;
    }
    this.#slots = slots;
  }

  #endOf(id: number): number {
    return id === -1 ? 0 : this.#ends.at((id + 1) * this.#width - 1);
  }

  #isSame(id: number, view: DataView, places: Places, slots: readonly number[]): boolean {
    let at = this.#endOf(id - 1);
    let part = id * this.#width;
    for (const slot of slots) {
      const start = places[2 * slot] ?? -1;
      const end = at + (places[2 * slot + 1] ?? -1) - start;
      if (this.#ends.at(part) !== end || !sameBytes(view, start, this.#view, at, end - at)) return false;
      at = end;
      part += 1;
    }
    return true;
  }

  #keep(view: DataView, start: number, end: number): void {
    const used = this.#ends.length === 0 ? 0 : this.#ends.at(this.#ends.length - 1);
    const needed = used + end - start;
    if (needed + PADDING > this.#copies.length) {
      const larger = new Uint8Array(Math.max(needed + PADDING, this.#copies.length * 2));
      larger.set(this.#copies.subarray(0, used));
      this.#copies = larger;
      this.#view = new DataView(larger.buffer);
    }
    for (let at = start; at < end; at += 1) this.#copies[used + at - start] = view.getUint8(at);
    this.#ends.push(needed);
  }
}

/** The same for single stretches. */
export class ByteTable {
  readonly #table = new TupleTable(1);
  readonly #place = new Int32Array(2);

  get size(): number {
    return this.#table.size;
  }

  get bytes(): number {
    return this.#table.bytes;
  }

  intern(view: DataView, start: number, end: number): number {
    this.#place[0] = start;
    this.#place[1] = end;
    return this.#table.intern(view, this.#place, ONLY);
  }

  from(id: number): Stretches {
    return this.#table.from(id);
  }
}
const ONLY = [0];

/** A hash of some bytes, and of those before; of a part that is not there, too (-1, -1). */
function hashOf(view: DataView, start: number, end: number, before: number): number {
  let hash = Math.imul(before ^ (end - start), 0x9e3779b1);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ (hash >>> 15) ^ view.getInt32(at, true), 0x9e3779b1);
  }
  if (at < end)
    hash = Math.imul(hash ^ (hash >>> 15) ^ firstBytes(view.getInt32(at, true), end - at), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
