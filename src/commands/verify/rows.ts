import type { Sink } from '../../report/staging/hash-file.js';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/** Counts the lines of a JSON Lines file. */
export class LineCounter implements Sink {
  #ends = 0;
  #last = LINE_FEED;

  take(piece: Buffer): void {
    for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) this.#ends += 1;
    this.#last = piece.at(-1) ?? this.#last;
  }

  get rows(): number {
    return this.#ends + (this.#last === LINE_FEED ? 0 : 1);
  }
}

/** Counts the rows of a CSV file without header. A line feed inside quotes does not end a row (RFC 4180). */
export class CsvRowCounter implements Sink {
  #ends = 0;
  #quoted = false;
  #last = LINE_FEED;

  /** @returns offset behind the last row that ends in this chunk; 0 if none does */
  take(piece: Buffer): number {
    let [end, ends, quoted] = [0, 0, this.#quoted];
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at];
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === LINE_FEED && !quoted) {
        ends += 1;
        end = at + 1;
      }
    }
    this.#ends += ends;
    this.#quoted = quoted;
    this.#last = piece.at(-1) ?? this.#last;
    return end;
  }

  get rows(): number {
    const unfinished = this.#quoted || this.#last !== LINE_FEED ? 1 : 0;
    return Math.max(0, this.#ends + unfinished - 1);
  }
}
