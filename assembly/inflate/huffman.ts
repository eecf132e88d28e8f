import { CODES } from '../layout';

/*
 * Tables of Huffman codes (RFC 1951, 3.2.2): the next bits are the place of an entry that says what the code among them means. A code
 * that is longer than a table's bits goes on in a table behind it. Of an entry
 *
 * - bits 0 to 5 are how many bits the code and what follows it have,
 * - bits 8 to 11 how many of them are the code, or the bits of the table that it goes on in,
 * - bits 12 to 15 what it is,
 * - bits 16 to 30 a symbol, a length, a distance, or the place of the table that it goes on in.
 */

/** A byte: also the sign of the entry. */
const LITERAL: u32 = 0x80000000;
export const GOES_ON: u32 = 0x4000;
export const END: u32 = 0x2000;
/** No code. */
const NOTHING: u32 = 0x1000;
export const SPECIAL: u32 = GOES_ON | END | NOTHING;

export function valueOf(entry: u32): u32 {
  return entry >> 16;
}

export function codeBits(entry: u32): u32 {
  return (entry >> 8) & 15;
}

const LONGEST: i32 = 15;
/** Symbols of a kind. */
const MOST: i32 = 288;

/** What codes stand for. */
export const LENGTHS_OF_CODES: i32 = 0;
export const LITERALS_AND_LENGTHS: i32 = 1;
export const DISTANCES: i32 = 2;

/** An entry without the bits of its code: a value, and in the low four bits how many more bits are to be added to it. */
function meaning(kind: i32, symbol: u32): u32 {
  if (kind == LITERALS_AND_LENGTHS) return literalOrLength(symbol);
  return kind == DISTANCES ? distance(symbol) : symbol << 16;
}

/** RFC 1951, 3.2.5. */
function literalOrLength(symbol: u32): u32 {
  if (symbol < 256) return LITERAL | (symbol << 16);
  if (symbol == 256) return END;
  const nth = symbol - 257;
  if (nth < 8) return (3 + nth) << 16;
  if (nth == 28) return 258 << 16;
  if (nth > 28) return NOTHING;
  const more = (nth >> 2) - 1;
  return ((3 + ((4 + (nth & 3)) << more)) << 16) | more;
}

function distance(symbol: u32): u32 {
  if (symbol < 4) return (1 + symbol) << 16;
  if (symbol > 29) return NOTHING;
  const more = (symbol >> 1) - 1;
  return ((1 + ((2 + (symbol & 1)) << more)) << 16) | more;
}

/** By length: how many codes have it. */
const COUNTS: usize = CODES;
/** By length: where its next symbol goes. */
const PLACES: usize = COUNTS + 4 * <usize>(LONGEST + 1);
/** Symbols by the lengths of their codes. */
const SYMBOLS: usize = PLACES + 4 * <usize>(LONGEST + 1);
/** Bytes for all three. */
export const CODES_ROOM: usize = SYMBOLS + 2 * <usize>MOST - CODES;

function countOf(length: i32): i32 {
  return load<i32>(COUNTS + 4 * length);
}

/**
 * Makes a table.
 * @param lengths of the symbols' codes, a byte each; 0 for a symbol without one
 * @param bits that are looked at first
 * @returns false for a set of codes that zlib refuses: too many, or too few unless it is one code of a bit, or none
 */
export function makeTable(lengths: usize, symbols: i32, kind: i32, table: usize, bits: i32): bool {
  const codes = sort(lengths, symbols, kind);
  if (codes < 0) return false;
  const size = 1 << bits;
  for (let at = 0; at < size; at += 1) put(table, at, NOTHING);
  let end = size;
  // The bits of a code come from its highest on, so that it is counted up there.
  let code = 0;
  let length = 1;
  let ofLength = countOf(1);
  let inner: u32 = 0;
  let first = -1;
  for (let nth = 0; nth < codes; nth += 1) {
    while (ofLength == 0) {
      length += 1;
      ofLength = countOf(length);
    }
    const what = meaning(kind, <u32>load<u16>(SYMBOLS + 2 * nth));
    if (length <= bits) {
      fill(table, code, size, what, length);
    } else {
      if ((code & (size - 1)) != first) {
        first = code & (size - 1);
        const more = innerBits(length - bits, ofLength, bits);
        inner = <u32>end;
        put(table, first, (inner << 16) | GOES_ON | ((<u32>more) << 8) | (<u32>bits));
        for (const stop = end + (1 << more); end < stop; end += 1) put(table, end, NOTHING);
      }
      fill(table + 4 * <usize>inner, code >> bits, end - <i32>inner, what, length - bits);
    }
    ofLength -= 1;
    code = next(code, length);
  }
  return true;
}

/** Puts the symbols that have codes in the order of these. @returns how many there are, -1 for a set that zlib refuses */
function sort(lengths: usize, symbols: i32, kind: i32): i32 {
  memory.fill(COUNTS, 0, 4 * <usize>(LONGEST + 1));
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    const at = COUNTS + 4 * <usize>load<u8>(lengths + symbol);
    store<i32>(at, load<i32>(at) + 1);
  }
  let free = 1;
  let codes = 0;
  let longest = 0;
  for (let length = 1; length <= LONGEST; length += 1) {
    free = 2 * free - countOf(length);
    if (free < 0) return -1;
    store<i32>(PLACES + 4 * length, codes);
    codes += countOf(length);
    if (countOf(length) != 0) longest = length;
  }
  if (free > 0 && codes > 0 && (kind == LENGTHS_OF_CODES || longest != 1)) return -1;
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    const length = load<u8>(lengths + symbol);
    if (length == 0) continue;
    const at = PLACES + 4 * <usize>length;
    const place = load<i32>(at);
    store<u16>(SYMBOLS + 2 * place, <u16>symbol);
    store<i32>(at, place + 1);
  }
  return codes;
}

function put(table: usize, at: i32, entry: u32): void {
  store<u32>(table + 4 * at, entry);
}

/** Wherever the next bits begin with a code. */
function fill(table: usize, code: i32, size: i32, what: u32, length: i32): void {
  const entry = what | ((<u32>length) << 8);
  for (let at = code; at < size; at += 1 << length) put(table, at, entry + <u32>length);
}

/** Bits of the table for codes that begin with the same ones: enough for the longest of them. */
function innerBits(shortest: i32, ofLength: i32, bits: i32): i32 {
  let inner = shortest;
  let free = (1 << inner) - ofLength;
  while (free > 0 && inner + bits < LONGEST) {
    inner += 1;
    free = 2 * free - countOf(inner + bits);
  }
  return inner;
}

/** The code that follows, of the same length, its highest bit last. */
function next(code: i32, length: i32): i32 {
  let bit = 1 << (length - 1);
  while ((code & bit) != 0) bit >>= 1;
  return bit == 0 ? 0 : (code & (bit - 1)) | bit;
}
