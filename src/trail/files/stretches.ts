/** Stretches of bytes, one after the other, and where each ends. */
export interface Stretches {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Int32Array<ArrayBuffer>;
}

/** Stretches of which more come. */
export class StretchList {
  readonly #parts: Stretches[] = [];
  /** Number of the first stretch of each part. */
  readonly #firsts: number[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** @returns number of the first of them; the others follow */
  add(part: Stretches): number {
    const first = this.#length;
    if (part.ends.length === 0) return first;
    this.#parts.push(part);
    this.#firsts.push(first);
    this.#length += part.ends.length;
    return first;
  }

  /** @param number of one that is there */
  at(number: number): Uint8Array {
    let low = 0;
    for (let high = this.#firsts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if ((this.#firsts[middle] ?? 0) <= number) low = middle;
      else high = middle;
    }
    const part = this.#parts[low];
    const own = number - (this.#firsts[low] ?? 0);
    return part?.bytes.subarray(part.ends[own - 1] ?? 0, part.ends[own]) ?? new Uint8Array();
  }

  /** All in one. */
  whole(): Stretches {
    const ends = new Int32Array(this.#length);
    let at = 0;
    let before = 0;
    for (const part of this.#parts) {
      for (const end of part.ends) ends[at++] = before + end;
      before += part.bytes.length;
    }
    return { bytes: new Uint8Array(Buffer.concat(this.#parts.map(({ bytes }) => bytes))), ends };
  }
}
