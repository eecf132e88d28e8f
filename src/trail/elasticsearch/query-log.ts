import { gunzipSync, gzipSync } from 'node:zlib';
import type { QueryRecord } from '../types.js';

/** Characters of lines that are compressed together. */
const BLOCK = 1 << 20;

/**
 * Evidence of all queries of a run. An organization needs tens of thousands of similar queries: compressed, they
 * fit into memory.
 */
export class QueryLog implements Iterable<QueryRecord> {
  readonly #blocks: Buffer[] = [];
  #lines: string[] = [];
  #length = 0;

  add(record: QueryRecord): void {
    const line = JSON.stringify(record);
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length < BLOCK) return;
    this.#blocks.push(gzipSync(this.#lines.join('\n')));
    this.#lines = [];
    this.#length = 0;
  }

  /** In the order of completion. */
  *[Symbol.iterator](): Generator<QueryRecord> {
    for (const block of this.#blocks) yield* parsed(gunzipSync(block).toString('utf8').split('\n'));
    yield* parsed(this.#lines);
  }
}

function* parsed(lines: readonly string[]): Generator<QueryRecord> {
  for (const line of lines) yield JSON.parse(line) as QueryRecord;
}
