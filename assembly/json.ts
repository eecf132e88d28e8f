import { MAX_DEPTH, OPEN } from './layout';

export const QUOTE: i32 = 0x22;
export const BACKSLASH: i32 = 0x5c;
export const COMMA: i32 = 0x2c;
export const COLON: i32 = 0x3a;
/** Highest white space byte. Every other byte between JSON values is above it. */
export const SPACE: i32 = 0x20;
export const OPEN_OBJECT: i32 = 0x7b;
export const CLOSE_OBJECT: i32 = 0x7d;
export const OPEN_ARRAY: i32 = 0x5b;
export const CLOSE_ARRAY: i32 = 0x5d;

export function byte(at: usize): i32 {
  return load<u8>(at);
}

/** The last scan exceeded the maximum depth. */
let isTooDeep = false;

/** @returns the previous value */
export function forgetDepth(): bool {
  const was = isTooDeep;
  isTooDeep = false;
  return was;
}

/** First address from `at` that is not white space. */
export function skipSpace(at: usize): usize {
  while (byte(at) == 0x20 || byte(at) == 0x0a || byte(at) == 0x0d || byte(at) == 0x09) at += 1;
  return at;
}

/** Skips a string, from the byte after its opening quote. */
export function skipText(at: usize): usize {
  while (true) {
    const bytes = v128.load(at);
    const special = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)), i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH))),
        i8x16.lt_u(bytes, i8x16.splat(<i8>SPACE)),
      ),
    );
    if (special == 0) {
      at += 16;
      continue;
    }
    at += ctz(special);
    if (byte(at) == QUOTE) return at + 1;
    if (byte(at) != BACKSLASH) return 0;
    at = skipEscape(at);
    if (at == 0) return 0;
  }
  return 0;
}

/** Whether a JSON value is a string without escapes: printable ASCII without backslash. */
export function isPlain(at: usize, length: i32): bool {
  if (byte(at) != QUOTE) return false;
  while (true) {
    const bytes = v128.load(at);
    const unusual = i8x16.bitmask(v128.or(bytes, i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH))));
    if (length <= 16) return (unusual & ((1 << length) - 1)) == 0;
    if (unusual != 0) return false;
    at += 16;
    length -= 16;
  }
  return false;
}

export function skipString(at: usize): usize {
  return byte(at) == QUOTE ? skipText(at + 1) : 0;
}

function skipEscape(at: usize): usize {
  const next = byte(at + 1);
  if (next == 0x75) {
    for (let digit = at + 2; digit < at + 6; digit += 1) if (!isHex(byte(digit))) return 0;
    return at + 6;
  }
  // "\/bfnrt
  const isEscape =
    next == QUOTE ||
    next == BACKSLASH ||
    next == 0x2f ||
    next == 0x62 ||
    next == 0x66 ||
    next == 0x6e ||
    next == 0x72 ||
    next == 0x74;
  return isEscape ? at + 2 : 0;
}

function isDigit(value: i32): bool {
  return value >= 0x30 && value <= 0x39;
}

function isHex(value: i32): bool {
  return isDigit(value) || ((value | 0x20) >= 0x61 && (value | 0x20) <= 0x66);
}

function skipDigits(at: usize): usize {
  if (!isDigit(byte(at))) return 0;
  while (isDigit(byte(at))) at += 1;
  return at;
}

function skipNumber(at: usize): usize {
  let end = byte(at) == 0x2d ? at + 1 : at;
  end = byte(end) == 0x30 ? end + 1 : skipDigits(end);
  if (end != 0 && byte(end) == 0x2e) end = skipDigits(end + 1);
  if (end != 0 && (byte(end) | 0x20) == 0x65) {
    const sign = byte(end + 1);
    end = skipDigits(sign == 0x2b || sign == 0x2d ? end + 2 : end + 1);
  }
  return end;
}

/** Skips a number or literal. */
function skipScalar(at: usize): usize {
  const first = byte(at);
  if (first == 0x74) return load<u32>(at) == 0x65757274 ? at + 4 : 0; // true
  if (first == 0x6e) return load<u32>(at) == 0x6c6c756e ? at + 4 : 0; // null
  if (first == 0x66) return load<u32>(at + 1) == 0x65736c61 ? at + 5 : 0; // false
  return skipNumber(at);
}

/**
 * @param at address after a key
 * @returns the address of its value
 */
export function skipColon(at: usize): usize {
  if (byte(at) <= SPACE) at = skipSpace(at);
  if (byte(at) != COLON) return 0;
  at += 1;
  return byte(at) <= SPACE ? skipSpace(at) : at;
}

/**
 * Skips a key and its colon.
 * @returns address of the value
 */
function skipKey(at: usize): usize {
  at = skipString(at);
  return at == 0 ? 0 : skipColon(at);
}

/** Skips any value, without recursion, like V8's own parser. */
export function skipAny(at: usize): usize {
  let depth = 0;
  while (true) {
    const first = byte(at);
    if (first == QUOTE) {
      at = skipText(at + 1);
    } else if (first == OPEN_OBJECT || first == OPEN_ARRAY) {
      const close = first + 2;
      at += 1;
      if (byte(at) <= SPACE) at = skipSpace(at);
      if (byte(at) != close) {
        if (depth == MAX_DEPTH) {
          isTooDeep = true;
          return 0;
        }
        store<u8>(OPEN + depth, close);
        depth += 1;
        if (close == CLOSE_OBJECT) at = skipKey(at);
        if (at == 0) return 0;
        continue;
      }
      at += 1;
    } else {
      at = skipScalar(at);
    }
    if (at == 0) return 0;
    // After a value, its containers end or continue.
    while (true) {
      if (depth == 0) return at;
      if (byte(at) <= SPACE) at = skipSpace(at);
      const next = byte(at);
      const close = byte(OPEN + depth - 1);
      if (next == COMMA) {
        at += 1;
        if (byte(at) <= SPACE) at = skipSpace(at);
        if (close == CLOSE_OBJECT) at = skipKey(at);
        if (at == 0) return 0;
        break;
      }
      if (next != close) return 0;
      depth -= 1;
      at += 1;
    }
  }
  return 0;
}
