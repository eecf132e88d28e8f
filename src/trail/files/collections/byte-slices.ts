import { IntList } from './int-list.js';

/** Consecutive slices of bytes, and the end of each. */
export interface ByteSlices {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Int32Array<ArrayBuffer>;
}

/** A growing list of slices. */
export class ByteSliceList {
  #bytes = Buffer.alloc(1024);
  #size = 0;
  readonly #ends = new IntList();

  add({ bytes, ends }: ByteSlices): void {
    const needed = this.#size + bytes.length;
    if (needed > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes], Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.set(bytes, this.#size);
    this.#ends.append(ends.map((end) => this.#size + end));
    this.#size = needed;
  }

  /** The text of a slice. */
  text(number: number): string {
    return this.#bytes.toString('utf8', number === 0 ? 0 : this.#ends.at(number - 1), this.#ends.at(number));
  }
}
