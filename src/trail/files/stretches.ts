import { firstWhere } from './search.js';

/** Stretches of bytes, one after the other, and where each ends. */
export interface Stretches {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Int32Array<ArrayBuffer>;
}

/** Stretches of which more come. */
export class StretchList {
  readonly #parts: { readonly bytes: Buffer; readonly ends: Int32Array }[] = [];
  /** Number of the first stretch of each part. */
  readonly #firsts: number[] = [];
  #length = 0;

  /** @returns number of the first of them; the others follow */
  add(part: Stretches): number {
    const first = this.#length;
    if (part.ends.length === 0) return first;
    const { bytes, ends } = part;
    this.#parts.push({ bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), ends });
    this.#firsts.push(first);
    this.#length += part.ends.length;
    return first;
  }

  /** One that is there, as text. */
  text(number: number): string {
    const firsts = this.#firsts;
    const at = firstWhere(firsts.length, (part) => (firsts[part] ?? 0) > number) - 1;
    const part = this.#parts[at];
    const own = number - (firsts[at] ?? 0);
    return part?.bytes.toString('utf8', part.ends[own - 1] ?? 0, part.ends[own]) ?? '';
  }
}
