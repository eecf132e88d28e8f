import { join, relative, sep } from 'node:path';
import { compareText } from '../aggregate.js';
import { iso } from '../time.js';
import type { LogFile } from '../types.js';
import type { Listing } from './list.js';
import type { Paths } from './paths.js';
import type { FileSource } from './unpack.js';

/** What there is to say about a file that was read. */
export interface FileRead {
  readonly path: string;
  readonly source: FileSource;
  readonly records: number;
  /** Lines or entries that are not JSON. */
  readonly damaged: number;
  /** Time of the newest event that was taken, a duplicate or not: seconds since 1970, -Infinity for none. */
  readonly newest: number;
}

const STATUS = [null, 'read', 'damaged', 'failed'] as const;

const SHA256_BYTES = 32;

/** What was seen of each file of a listing, by its number in it. */
export interface LogFilesPart {
  /** Numbers in STATUS. */
  readonly status: Uint8Array;
  readonly sha256: Uint8Array;
  /** -1 for a file whose bytes could not be read. */
  readonly bytes: Float64Array;
  readonly records: Int32Array;
  /** As of FileRead. */
  readonly newest: Float64Array;
  /** Paths that could not be looked at. */
  readonly unreadable: readonly string[];
}

/** What there is to say about each file afterwards, sorted by name: some 50 bytes for each, as there may be millions. */
export class LogFiles implements Iterable<LogFile> {
  readonly #root: string;
  readonly #prefix: string;
  readonly #files: Paths;
  readonly #part: LogFilesPart;
  readonly #sha256: Buffer;

  /** @param files of the folder @param part of `noneRead`, or that `part` gave, for the same ones */
  constructor(root: string, files: Paths, part: LogFilesPart) {
    this.#root = root;
    this.#prefix = join(root, sep);
    this.#files = files;
    this.#part = part;
    const { buffer, byteOffset, length } = part.sha256;
    this.#sha256 = Buffer.from(buffer, byteOffset, length);
  }

  read(file: number, { source, records, damaged, newest }: FileRead): void {
    this.#found(file, source);
    this.#part.records[file] = records;
    this.#part.newest[file] = newest;
    this.#part.status[file] = STATUS.indexOf(damaged === 0 ? 'read' : 'damaged');
  }

  /** @param source absent where its bytes could not be read */
  failed(file: number, source?: FileSource): void {
    if (source === undefined) this.#part.bytes[file] = -1;
    else this.#found(file, source);
    this.#part.newest[file] = -Infinity;
    this.#part.status[file] = STATUS.indexOf('failed');
  }

  #found(file: number, { sha256, bytes }: FileSource): void {
    this.#sha256.write(sha256, SHA256_BYTES * file, 'hex');
    this.#part.bytes[file] = bytes;
  }

  part(): LogFilesPart {
    return this.#part;
  }

  *[Symbol.iterator](): Iterator<LogFile> {
    const others = this.#part.unreadable.map((path) => this.#nameOf(path)).sort(compareText);
    let next = 0;
    for (let file = 0; file < this.#files.length; file += 1) {
      const status = STATUS[this.#part.status[file] ?? 0];
      if (status === undefined || status === null) continue;
      const name = this.#nameOf(this.#files.at(file));
      for (; next < others.length && (others[next] ?? '') < name; next += 1)
        yield failedEntry(others[next] ?? '');
      yield this.#at(file, name, status);
    }
    for (const other of others.slice(next)) yield failedEntry(other);
  }

  #at(file: number, name: string, status: LogFile['status']): LogFile {
    const { bytes, records, newest } = this.#part;
    const size = bytes[file] ?? -1;
    const time = newest[file] ?? -Infinity;
    const at = SHA256_BYTES * file;
    return {
      name,
      sha256: size === -1 ? null : this.#sha256.toString('hex', at, at + SHA256_BYTES),
      bytes: size === -1 ? null : size,
      records: records[file] ?? 0,
      newest: time === -Infinity ? null : iso(time),
      status,
    };
  }

  #nameOf(path: string): string {
    const name = path.startsWith(this.#prefix) ? path.slice(this.#prefix.length) : relative(this.#root, path);
    return sep === '/' ? name : name.split(sep).join('/');
  }
}

const failedEntry = (name: string): LogFile => ({
  name,
  sha256: null,
  bytes: null,
  records: 0,
  newest: null,
  status: 'failed',
});

/** Of a folder of which no file has been read. */
export const noneRead = ({ files, unreadable }: Listing): LogFilesPart => ({
  status: new Uint8Array(files.length),
  sha256: new Uint8Array(SHA256_BYTES * files.length),
  bytes: new Float64Array(files.length),
  records: new Int32Array(files.length),
  newest: new Float64Array(files.length),
  unreadable,
});
