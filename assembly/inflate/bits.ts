/*
 * Bit reader for deflate data (RFC 1951, 3.1.1), lowest bit of a byte first. A 64-bit buffer holds the next bits.
 * Only the low six bits of `left` count the valid bits: shifts use no more either, so nothing must be masked.
 */

export let buffer: u64 = 0;
export let left: u64 = 0;
/** Address of the first byte that is not in the buffer. */
export let source: usize = 0;

export function go(at: usize): void {
  set(0, 0, at);
}

export function set(bits: u64, count: u64, at: usize): void {
  buffer = bits;
  left = count;
  source = at;
}

/**
 * Number of bytes to load so that the buffer has at least 56 bits. Bits above them stay the same when they are
 * loaded again.
 */
export function missing(count: u64): usize {
  return <usize>((63 - (count & 63)) >> 3);
}

/** Ensures that the buffer has at least 56 bits. */
export function refill(): void {
  buffer |= load<u64>(source) << left;
  source += missing(left);
  left |= 56;
}

/** The next bits under a mask. */
export function peek(mask: u32): u32 {
  return (<u32>buffer) & mask;
}

export function drop(count: u32): void {
  buffer >>= <u64>count;
  left -= <u64>count;
}

export function take(count: u32): i32 {
  const bits = peek((1 << count) - 1);
  drop(count);
  return <i32>bits;
}

/** @returns address of the first unused byte */
export function nextByte(): usize {
  return source - <usize>((left & 63) >> 3);
}
