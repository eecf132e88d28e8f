import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { openRegularFile } from '../../base/read-file.js';
import { fromColumns, toColumns, type Columns, type Share } from './columns.js';

/** Rows in a block: a file of millions of rows is never entirely in memory. */
const BLOCK = 16_384;
const HEADER = 4;

/**
 * Writes blocks of rows, each as its length in bytes (32 bits, little endian) and its columns in the format of
 * `v8.serialize`. Rows name principals: only the owner may read the file.
 * @returns SHA-256 of the file
 */
export async function writeRowFile(
  path: string,
  rows: Iterable<object> | AsyncIterable<object>,
): Promise<string> {
  const hash = createHash('sha256');
  const file = openSync(path, 'w', 0o600);
  let block: object[] = [];
  const flush = (): void => {
    const body = serialize(toColumns(block));
    const header = Buffer.alloc(HEADER);
    header.writeUInt32LE(body.length);
    for (const part of [header, body]) {
      hash.update(part);
      for (let at = 0; at < part.length;) at += writeSync(file, part, at);
    }
    block = [];
  };
  try {
    for await (const row of rows) {
      block.push(row);
      if (block.length === BLOCK) flush();
    }
    if (block.length > 0) flush();
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** @throws Error if the file is unreadable or truncated */
export function* readRowFile<Row>(path: string, share: Share): Generator<Row> {
  const file = openRegularFile(path).descriptor;
  const read = (length: number): Buffer | undefined => {
    const bytes = Buffer.allocUnsafeSlow(length);
    let at = 0;
    for (let count = -1; count !== 0 && at < length; at += count)
      count = readSync(file, bytes, at, length - at, null);
    return at === length ? bytes : undefined;
  };
  try {
    for (let header = read(HEADER); header !== undefined; header = read(HEADER)) {
      const body = read(header.readUInt32LE());
      if (body === undefined) throw new Error(`${path} ends early`);
      yield* fromColumns<Row>(deserialize(body) as Columns, share);
    }
  } finally {
    closeSync(file);
  }
}
