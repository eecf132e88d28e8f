/** No reader goes further beyond the end than this. */
const PADDING = 8;

/**
 * Bytes with zeros behind them: what walks over JSON stops there by itself, and may read four bytes at a time. A
 * DataView costs nothing over an array, and reads words at any place.
 */
export class PaddedBytes {
  /** Of the bytes and the padding. */
  readonly view: DataView<ArrayBuffer>;

  /** @param bytes behind which there are zeros in the same memory */
  constructor(readonly bytes: Buffer<ArrayBuffer>) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length + PADDING);
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

/** The first bytes of a word, which has `count` of them: 1 to 4. */
const firstBytes = (word: number, count: number): number => word << (32 - 8 * count);

/** Whether a stretch has a backslash, or a byte that is not ASCII. */
function isUnusual(view: DataView, start: number, end: number): boolean {
  for (let at = start; at < end; at += 4) {
    let word = view.getInt32(at, true);
    if (at + 4 > end) word = firstBytes(word, end - at);
    const backslash = word ^ 0x5c5c5c5c;
    if (((word | ((backslash - 0x01010101) & ~backslash)) & 0x80808080) !== 0) return true;
  }
  return false;
}

/** Whether a JSON value is a string whose bytes are the text itself. */
const isPlain = (view: DataView, start: number, end: number): boolean =>
  view.getUint8(start) === 0x22 && !isUnusual(view, start, end);
