import type { ArrayPool } from './array-pool.js';

const NO_ROWS = new Int32Array(0);

/** Rows of so many numbers each, one behind the other, in memory of a pool. */
export class PooledRows {
  #chunks: Int32Array[] = [];
  /** Where the row is that was added last. */
  last: Int32Array = NO_ROWS;
  #next = 0;

  /** @param width numbers of a row @param most rows in a piece of memory */
  constructor(
    private readonly pool: ArrayPool,
    private readonly width: number,
    private readonly most: number,
  ) {}

  /** Pieces of memory that are in use. */
  get chunks(): number {
    return this.#chunks.length;
  }

  /** Whether the next row needs another piece of memory. */
  get isFull(): boolean {
    return this.#next === this.last.length;
  }

  /** Adds a row. @returns where it begins in `last` */
  add(): number {
    if (this.isFull) {
      this.last = this.pool.take(this.width * this.most);
      this.#chunks.push(this.last);
      this.#next = 0;
    }
    const at = this.#next;
    this.#next += this.width;
    return at;
  }

  /** @param visit is told where each row is */
  each(visit: (chunk: Int32Array, at: number) => void): void {
    for (const chunk of this.#chunks) {
      const end = chunk === this.last ? this.#next : chunk.length;
      for (let at = 0; at < end; at += this.width) visit(chunk, at);
    }
  }

  /** Gives all rows up. */
  free(): void {
    for (const chunk of this.#chunks) this.pool.give(chunk);
    this.#chunks = [];
    this.last = NO_ROWS;
    this.#next = 0;
  }
}
