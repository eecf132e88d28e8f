import { CODES } from '../layout';

/*
 * Huffman decoding tables (RFC 1951, 3.2.2): the next bits index an entry that describes their code. A code longer
 * than the table's bits continues in a subtable. Bits of an entry:
 *
 * - 0 to 5: length of the code and its extra bits
 * - 8 to 11: length of the code, or bits of the subtable
 * - 12 to 15: type
 * - 16 to 30: symbol, length, distance, or address of the subtable
 */

/** A literal byte; also the sign bit of the entry. */
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
/** Maximum number of symbols of a type. */
const MOST: i32 = 288;

/** Types of symbols. */
export const LENGTHS_OF_CODES: i32 = 0;
export const LITERALS_AND_LENGTHS: i32 = 1;
export const DISTANCES: i32 = 2;

/** An entry without the length of its code: a value, and in the low four bits the number of extra bits. */
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

/** Number of codes by length. */
const COUNTS: usize = CODES;
/** Next position by length. */
const PLACES: usize = COUNTS + 4 * <usize>(LONGEST + 1);
/** Symbols sorted by code length. */
const SYMBOLS: usize = PLACES + 4 * <usize>(LONGEST + 1);
/** Bytes for all three arrays. */
export const CODES_ROOM: usize = SYMBOLS + 2 * <usize>MOST - CODES;

function countOf(length: i32): i32 {
  return load<i32>(COUNTS + 4 * length);
}

/**
 * Builds a table.
 * @param lengths code lengths of the symbols, one byte each; 0 for a symbol without code
 * @param bits bits of the first lookup
 * @returns false for code sets that zlib rejects: oversubscribed, or incomplete unless empty or a single one-bit
 * code
 */
export function makeTable(lengths: usize, symbols: i32, kind: i32, table: usize, bits: i32): bool {
  const codes = sort(lengths, symbols, kind);
  if (codes < 0) return false;
  const size = 1 << bits;
  for (let at = 0; at < size; at += 1) put(table, at, NOTHING);
  let end = size;
  // Codes are packed from their highest bit, so counting happens there.
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

/** Sorts symbols by code. @returns number of symbols, -1 for a set that zlib rejects */
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

/** Fills all entries whose index starts with the code. */
function fill(table: usize, code: i32, size: i32, what: u32, length: i32): void {
  const entry = what | ((<u32>length) << 8);
  for (let at = code; at < size; at += 1 << length) put(table, at, entry + <u32>length);
}

/** Bits of the subtable for codes with the same prefix: enough for the longest of them. */
function innerBits(shortest: i32, ofLength: i32, bits: i32): i32 {
  let inner = shortest;
  let free = (1 << inner) - ofLength;
  while (free > 0 && inner + bits < LONGEST) {
    inner += 1;
    free = 2 * free - countOf(inner + bits);
  }
  return inner;
}

/** The next code of the same length, with its bits reversed. */
function next(code: i32, length: i32): i32 {
  let bit = 1 << (length - 1);
  while ((code & bit) != 0) bit >>= 1;
  return bit == 0 ? 0 : (code & (bit - 1)) | bit;
}
