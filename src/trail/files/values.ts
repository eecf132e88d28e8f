import type { PaddedBytes } from './padded.js';
import type { TupleTable } from './walker.js';

/** Numbers for JSON values by their bytes; each is parsed once. Number 0 is the value that is not there. */
export class Values<T> {
  readonly #read: (value: unknown) => T;
  readonly #kept: T[];

  /** @param read makes of a parsed value what is kept of it */
  constructor(
    private readonly table: TupleTable,
    read: (value: unknown) => T,
  ) {
    this.#read = read;
    this.#kept = [read(undefined)];
  }

  /** @param start -1 where there is no value */
  intern(source: PaddedBytes, start: number, end: number): number {
    if (start === -1) return 0;
    const id = this.table.internAt(start, end) + 1;
    if (id === this.#kept.length) this.#kept.push(this.#read(source.parse(start, end)));
    return id;
  }

  at(id: number): T {
    return this.#kept[id] ?? this.#read(undefined);
  }
}
