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

  /** Adds a value so many times. @returns the index of the first */
  pushMany(value: number, times: number): number {
    while (this.length + times > this.#data.length) this.#data = enlarge(this.#data);
    this.#data.fill(value, this.length, this.length + times);
    this.length += times;
    return this.length - times;
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

/** Open addressing. The caller walks from `start` by `next` until a number is its thing's, or -1: then it inserts there. */
class HashIndex {
  #slots = new Int32Array(1024);
  readonly #hashes = new Ints();

  start(hash: number): number {
    return hash & (this.#slots.length - 1);
  }

  next(slot: number): number {
    return (slot + 1) & (this.#slots.length - 1);
  }

  idAt(slot: number): number {
    return (this.#slots[slot] ?? 0) - 1;
  }

  /** @returns the number of the new thing: they count from 0 */
  insert(slot: number, hash: number): number {
    const id = this.#hashes.length;
    this.#hashes.push(hash);
    this.#slots[slot] = id + 1;
    if (this.#hashes.length * 2 > this.#slots.length) this.#grow();
    return id;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let id = 0; id < this.#hashes.length; id += 1) {
      let slot = this.start(this.#hashes.at(id));
      while (this.#slots[slot] !== 0) slot = this.next(slot);
      this.#slots[slot] = id + 1;
    }
  }
}

/** Numbers pairs of numbers from 0 on, in order of appearance. Longer tuples are pairs of pairs. */
export class PairTable {
  readonly #index = new HashIndex();
  readonly #a = new Ints();
  readonly #b = new Ints();

  get size(): number {
    return this.#a.length;
  }

  intern(a: number, b: number): number {
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    hash ^= hash >>> 13;
    let slot = this.#index.start(hash);
    for (let id = this.#index.idAt(slot); id !== -1; id = this.#index.idAt(slot)) {
      if (this.#a.at(id) === a && this.#b.at(id) === b) return id;
      slot = this.#index.next(slot);
    }
    this.#a.push(a);
    this.#b.push(b);
    return this.#index.insert(slot, hash);
  }

  first(id: number): number {
    return this.#a.at(id);
  }

  second(id: number): number {
    return this.#b.at(id);
  }
}

const LONG = 100;

/** Numbers stretches of bytes from 0 on, in order of appearance. Keeps a copy of each. */
export class ByteTable {
  readonly #index = new HashIndex();
  readonly #ends = new Ints();
  #copies = Buffer.allocUnsafe(1 << 16);

  get size(): number {
    return this.#ends.length;
  }

  /** Of the copies. */
  get bytes(): number {
    return this.#ends.length === 0 ? 0 : this.#ends.at(this.#ends.length - 1);
  }

  intern(bytes: Buffer, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    let slot = this.#index.start(hash);
    for (let id = this.#index.idAt(slot); id !== -1; id = this.#index.idAt(slot)) {
      if (this.#isSame(id, bytes, start, end)) return id;
      slot = this.#index.next(slot);
    }
    this.#keep(bytes, start, end);
    return this.#index.insert(slot, hash);
  }

  #isSame(id: number, bytes: Buffer, start: number, end: number): boolean {
    let at = id === 0 ? 0 : this.#ends.at(id - 1);
    const copyEnd = this.#ends.at(id);
    if (copyEnd - at !== end - start) return false;
    const copies = this.#copies;
    // Worth a call into V8's own code only for more than a few bytes.
    if (end - start > LONG) return bytes.compare(copies, at, copyEnd, start, end) === 0;
    for (let other = start; other < end; other += 1, at += 1) if (copies[at] !== bytes[other]) return false;
    return true;
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    const used = this.bytes;
    const needed = used + end - start;
    if (needed > this.#copies.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#copies.length * 2));
      larger.set(this.#copies.subarray(0, used));
      this.#copies = larger;
    }
    this.#copies.set(bytes.subarray(start, end), used);
    this.#ends.push(needed);
  }
}

/** FNV-1a by four bytes at a time, mixed at the end. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  let at = start;
  for (; at + 3 < end; at += 4) {
    const word =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
