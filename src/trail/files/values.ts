import { ByteTable } from './intern.js';
import type { PaddedBytes } from './padded.js';

/** Numbers for JSON values by their bytes; each is parsed once. Number 0 is the value that is not there. */
export class Values<T> {
  readonly #table = new ByteTable();
  readonly #read: (value: unknown) => T;
  readonly #kept: T[];

  /** @param read makes of a parsed value what is kept of it */
  constructor(read: (value: unknown) => T) {
    this.#read = read;
    this.#kept = [read(undefined)];
  }

  /** Bytes of all values. */
  get bytes(): number {
    return this.#table.bytes;
  }

  /** @param start -1 where there is no value */
  intern(source: PaddedBytes, start: number, end: number): number {
    if (start === -1) return 0;
    const id = this.#table.intern(source.view, start, end) + 1;
    if (id === this.#kept.length) this.#kept.push(this.#read(source.parse(start, end)));
    return id;
  }

  at(id: number): T {
    return this.#kept[id] ?? this.#read(undefined);
  }
}
