import { buffer, drop, go, left, missing, nextByte, peek, refill, set, source, take } from './bits';
import {
  codeBits,
  CODES_ROOM,
  DISTANCES,
  END,
  GOES_ON,
  LENGTHS_OF_CODES,
  LITERALS_AND_LENGTHS,
  makeTable,
  SPECIAL,
  valueOf,
} from './huffman';
import { CODES, DATA } from '../layout';

/*
 * Unpacks deflate data (RFC 1951). The only function for others is `inflate`; `CLOUDTRACKER_INFLATE=zlib` does without it.
 *
 * Why it is here: node:zlib takes half as long again, and puts each file into memory of its own (docs/notes/files-engine.md).
 *
 * Its limits:
 * - It unpacks one whole stream, whose size is known before, into the memory for a file. Nothing can be streamed.
 * - It takes what zlib takes and gives the same bytes; a test compares the two on 10,000 damaged and hostile streams. It does not say what
 *   is wrong: the caller asks node:zlib, and compares the checksum of what comes out.
 * - It reads at most 8 bytes beyond the end of the stream, and writes at most SLACK bytes beyond the end of what it unpacks.
 */

/** Bits of the first lookup, by type of code. */
const LENGTH_BITS: i32 = 7;
const LITERAL_BITS: i32 = 10;
const DISTANCE_BITS: i32 = 8;

/** Code lengths: literals, then distances. */
const LENGTHS: usize = CODES + CODES_ROOM;
const LENGTH_TABLE: usize = LENGTHS + 512;
const DISTANCE_TABLE: usize = LENGTH_TABLE + 4 * (1 << LENGTH_BITS);
/** Last, because only its size matters for speed. */
const LITERAL_TABLE: usize = DISTANCE_TABLE + 4 * 1024;

/** Bytes after the output that may be overwritten: three literals, the longest copy and its excess. */
export const SLACK: i32 = 512;
/** A refill reads eight bytes, some of which may be past the end. */
const BEYOND: usize = 8;

/**
 * Decompresses to DATA.
 * @param start, end addresses
 * @returns whether exactly these bytes give exactly `size` bytes
 */
export function inflate(start: usize, end: usize, size: i32): bool {
  const stop = DATA + size;
  let out = DATA;
  let isLast = false;
  go(start);
  while (!isLast) {
    refill();
    isLast = take(1) == 1;
    const type = take(2);
    if (type == 0) out = stored(out, stop, end);
    else if (type == 1 ? fixed() : type == 2 && dynamic(end)) out = symbols(out, stop, end);
    else return false;
    if (out == 0) return false;
  }
  return out == stop && nextByte() == end;
}

/** @returns address after the output, like `symbols`; 0 for invalid data */
function stored(out: usize, stop: usize, end: usize): usize {
  const at = nextByte();
  const length = <usize>load<u16>(at);
  const from = at + 4;
  if (length != ((<usize>load<u16>(at, 2)) ^ 0xffff) || from + length > end || out + length > stop) return 0;
  memory.copy(out, from, length);
  go(from + length);
  return out + length;
}

function literals(count: i32, distances: i32): bool {
  return (
    makeTable(LENGTHS, count, LITERALS_AND_LENGTHS, LITERAL_TABLE, LITERAL_BITS) &&
    makeTable(LENGTHS + count, distances, DISTANCES, DISTANCE_TABLE, DISTANCE_BITS)
  );
}

/** The tables are those of fixed codes. A hostile file can have such a block every ten bits. */
let areFixed = false;

/** RFC 1951, 3.2.6. */
function fixed(): bool {
  if (areFixed) return true;
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  memory.fill(LENGTHS + 288, 5, 32);
  areFixed = literals(288, 32);
  return areFixed;
}

/** Maximum number of symbols that zlib accepts; higher ones have no meaning. */
const MOST_LITERALS: i32 = 286;
const MOST_DISTANCES: i32 = 30;
const END_OF_BLOCK: i32 = 256;

/** RFC 1951, 3.2.7. */
function dynamic(end: usize): bool {
  areFixed = false;
  const count = 257 + take(5);
  const distances = 1 + take(5);
  const lengths = 4 + take(4);
  if (count > MOST_LITERALS || distances > MOST_DISTANCES) return false;
  memory.fill(LENGTHS, 0, 19);
  for (let nth = 0; nth < lengths; nth += 1) {
    refill();
    store<u8>(LENGTHS + orderOf(nth), <u8>take(3));
  }
  if (!makeTable(LENGTHS, 19, LENGTHS_OF_CODES, LENGTH_TABLE, LENGTH_BITS)) return false;
  const all = count + distances;
  for (let nth = 0; nth < all;) {
    refill();
    const entry = load<u32>(LENGTH_TABLE + 4 * <usize>peek((1 << LENGTH_BITS) - 1));
    if ((entry & SPECIAL) != 0 || source > end + BEYOND) return false;
    drop(entry & 63);
    const symbol = <i32>valueOf(entry);
    if (symbol < 16) {
      store<u8>(LENGTHS + nth, <u8>symbol);
      nth += 1;
      continue;
    }
    if (symbol == 16 && nth == 0) return false;
    const length = symbol == 16 ? load<u8>(LENGTHS + nth - 1) : <u8>0;
    const times = symbol == 16 ? 3 + take(2) : symbol == 17 ? 3 + take(3) : 11 + take(7);
    if (nth + times > all) return false;
    memory.fill(LENGTHS + nth, length, times);
    nth += times;
  }
  return load<u8>(LENGTHS + END_OF_BLOCK) != 0 && literals(count, distances);
}

/** Order of code length codes. */
function orderOf(nth: i32): i32 {
  if (nth < 3) return 16 + nth;
  if (nth == 3) return 0;
  return (nth & 1) == 0 ? 8 + ((nth - 4) >> 1) : 7 - ((nth - 5) >> 1);
}

function literalAt(bits: u64): u32 {
  return load<u32>(LITERAL_TABLE + 4 * <usize>(bits & ((1 << LITERAL_BITS) - 1)));
}

/** Value of an entry plus its extra bits. */
function added(entry: u32, bits: u64): usize {
  return <usize>(valueOf(entry) + (((<u32>bits) & ((1 << (entry & 63)) - 1)) >> codeBits(entry)));
}

/** Entry of the subtable, for the bits after the first lookup. */
function inner(table: usize, entry: u32, bits: u64): u32 {
  return load<u32>(table + 4 * <usize>(valueOf(entry) + ((<u32>bits) & ((1 << codeBits(entry)) - 1))));
}

/** Decodes the symbols of a block. Bits are in local variables, which takes 0.6 times as long as module globals. */
function symbols(out: usize, stop: usize, end: usize): usize {
  refill();
  let bits = buffer;
  let count = left;
  let from = source;
  let entry = literalAt(bits);
  while (true) {
    if (out > stop || from > end + BEYOND) return 0;
    // 56 bits are enough: three literals have at most 30 bits.
    for (let nth = 0; nth < 2 && <i32>entry < 0; nth += 1) {
      store<u8>(out, <u8>valueOf(entry));
      out += 1;
      bits >>= <u64>entry;
      count -= <u64>entry;
      entry = literalAt(bits);
    }
    if ((entry & GOES_ON) != 0) {
      bits >>= <u64>entry;
      count -= <u64>entry;
      entry = inner(LITERAL_TABLE, entry, bits);
    }
    if (<i32>entry < 0) {
      store<u8>(out, <u8>valueOf(entry));
      out += 1;
      bits >>= <u64>entry;
      count -= <u64>entry;
      bits |= load<u64>(from) << count;
      from += missing(count);
      count |= 56;
      entry = literalAt(bits);
      continue;
    }
    if ((entry & SPECIAL) != 0) {
      if ((entry & END) == 0) return 0;
      set(bits >> (<u64>entry), count - <u64>entry, from);
      return out;
    }
    const length = added(entry, bits);
    bits >>= <u64>entry;
    count -= <u64>entry;
    bits |= load<u64>(from) << count;
    from += missing(count);
    count |= 56;
    entry = load<u32>(DISTANCE_TABLE + 4 * <usize>(bits & ((1 << DISTANCE_BITS) - 1)));
    if ((entry & GOES_ON) != 0) {
      bits >>= <u64>entry;
      count -= <u64>entry;
      entry = inner(DISTANCE_TABLE, entry, bits);
    }
    if ((entry & SPECIAL) != 0) return 0;
    const distance = added(entry, bits);
    bits >>= <u64>entry;
    count -= <u64>entry;
    bits |= load<u64>(from) << count;
    from += missing(count);
    count |= 56;
    // Before the copy, so that the lookup need not wait for it.
    entry = literalAt(bits);
    if (distance > out - DATA) return 0;
    copy(out, distance, length);
    out += length;
  }
  return 0;
}

/** Bytes copied in excess are overwritten later. */
function copy(to: usize, distance: usize, length: usize): void {
  const stop = to + length;
  let from = to - distance;
  if (distance >= 16) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    while (to + 32 < stop) {
      to += 32;
      from += 32;
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
    return;
  }
  if (distance >= 8) {
    for (; to < stop; to += 8, from += 8) store<u64>(to, load<u64>(from));
    return;
  }
  for (; to < stop; to += 1, from += 1) store<u8>(to, load<u8>(from));
}
