/** No reader goes further beyond the end than this. */
export const PADDING = 8;

/**
 * Bytes with zeros behind them: what walks over JSON stops there by itself, and may read four bytes at a time. A
 * DataView costs nothing over an array, and reads words at any place.
 */
export class PaddedBytes {
  /** Of the bytes and the padding. */
  readonly view: DataView<ArrayBuffer>;

  private constructor(readonly bytes: Buffer<ArrayBuffer>) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length + PADDING);
    for (let at = 0; at < PADDING; at += 1) this.view.setUint8(bytes.length + at, 0);
  }

  static copyOf(bytes: Uint8Array): PaddedBytes {
    const copy = Buffer.allocUnsafeSlow(bytes.length + PADDING);
    copy.set(bytes);
    return new PaddedBytes(copy.subarray(0, bytes.length));
  }

  /** The bytes themselves where there is room behind them: they must be the only ones in their memory. */
  static of(bytes: Buffer<ArrayBuffer>): PaddedBytes {
    const room = bytes.buffer.byteLength - bytes.byteOffset - bytes.length;
    return room < PADDING ? PaddedBytes.copyOf(bytes) : new PaddedBytes(bytes);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** JSON.parse of a value; most are text that is there as it is. */
  parse(start: number, end: number): unknown {
    return isPlain(this.view, start, end)
      ? this.bytes.toString('latin1', start + 1, end - 1)
      : JSON.parse(this.bytes.toString('utf8', start, end));
  }
}

/** Four bytes; those of a lower address are the lower bits. */
export const wordAt = (view: DataView, at: number): number => view.getInt32(at, true);

/** The first bytes of a word, which has `count` of them: 1 to 4. */
export const firstBytes = (word: number, count: number): number => word << (32 - 8 * count);

/** Whether a stretch has a backslash, or a byte that is not ASCII. */
export function isUnusual(view: DataView, start: number, end: number): boolean {
  for (let at = start; at < end; at += 4) {
    let word = view.getInt32(at, true);
    if (at + 4 > end) word = firstBytes(word, end - at);
    const backslash = word ^ 0x5c5c5c5c;
    if (((word | ((backslash - 0x01010101) & ~backslash)) & 0x80808080) !== 0) return true;
  }
  return false;
}

/** Whether a JSON value is a string whose bytes are the text itself. */
export const isPlain = (view: DataView, start: number, end: number): boolean =>
  view.getUint8(start) === 0x22 && !isUnusual(view, start, end);

/** Whether a JSON value is a string that is not empty. */
export const hasText = (view: DataView, start: number, end: number): boolean =>
  start !== -1 && end - start > 2 && view.getUint8(start) === 0x22;
