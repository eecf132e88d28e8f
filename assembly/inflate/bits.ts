/*
 * Bits of deflate data (RFC 1951, 3.1.1), the lowest of a byte first. A buffer of 64 has the next ones. Only the low six bits of
 * `left` say how many of them are there: shifts look at no more either, so that nothing has to be cut off.
 */

export let buffer: u64 = 0;
export let left: u64 = 0;
/** Of the first byte that is not in the buffer. */
export let source: usize = 0;

export function go(at: usize): void {
  set(0, 0, at);
}

export function set(bits: u64, count: u64, at: usize): void {
  buffer = bits;
  left = count;
  source = at;
}

/** How many bytes go into the buffer until there are at least 56 bits. What stands above them is the same when it comes again. */
export function missing(count: u64): usize {
  return <usize>((63 - (count & 63)) >> 3);
}

/** Sees to it that there are at least 56 bits. */
export function refill(): void {
  buffer |= load<u64>(source) << left;
  source += missing(left);
  left |= 56;
}

/** The next bits, as many as there are in a mask. */
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

/** @returns the first byte of which no bit was taken */
export function nextByte(): usize {
  return source - <usize>((left & 63) >> 3);
}
