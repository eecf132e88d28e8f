import { compareText } from '../../../base/compare.js';
import { iso } from '../../../base/time.js';
import type { LogFile } from '../../types.js';
import type { Listing } from '../../log-files/list.js';
import type { FileChecksum } from '../../log-files/unpack.js';
import { at } from '../../../base/checked.js';

/** Evidence of a file that was read. */
export interface FileRead {
  readonly path: string;
  readonly source: FileChecksum;
  readonly records: number;
  /** What could not be understood, for messages. */
  readonly problem: string | null;
  /** Time of the newest event in the period, duplicates included: seconds since 1970, -Infinity for none. */
  readonly newest: number;
}

const STATUS = [null, 'read', 'damaged', 'failed'] as const;

const SHA256_BYTES = 32;

/** Evidence by file index. */
interface LogFilesColumns {
  /** Indexes in STATUS. */
  readonly status: Uint8Array;
  readonly sha256: Buffer;
  /** -1 for a file that could not be opened. */
  readonly bytes: Float64Array;
  readonly records: Int32Array;
  /** Like in FileRead. */
  readonly newest: Float64Array;
}

/** Evidence of all files, sorted by name: about 50 bytes each, because there can be millions. */
export class LogFiles implements Iterable<LogFile> {
  readonly #files: readonly string[];
  /** Paths that could not be opened. */
  readonly #unreadable: readonly string[];
  readonly #columns: LogFilesColumns;

  /** @param listing before any file is read */
  constructor({ files, unreadable, otherFormats }: Listing) {
    this.#files = files;
    this.#unreadable = [...unreadable, ...otherFormats];
    this.#columns = {
      status: new Uint8Array(files.length),
      sha256: Buffer.alloc(SHA256_BYTES * files.length),
      bytes: new Float64Array(files.length),
      records: new Int32Array(files.length),
      newest: new Float64Array(files.length),
    };
  }

  read(file: number, { source, records, problem, newest }: FileRead): void {
    this.#found(file, source);
    this.#columns.records[file] = records;
    this.#columns.newest[file] = newest;
    this.#columns.status[file] = STATUS.indexOf(problem === null ? 'read' : 'damaged');
  }

  /** @param source absent if the file could not be opened */
  failed(file: number, source?: FileChecksum): void {
    if (source === undefined) this.#columns.bytes[file] = -1;
    else this.#found(file, source);
    this.#columns.newest[file] = -Infinity;
    this.#columns.status[file] = STATUS.indexOf('failed');
  }

  #found(file: number, { sha256, bytes }: FileChecksum): void {
    this.#columns.sha256.write(sha256, SHA256_BYTES * file, 'hex');
    this.#columns.bytes[file] = bytes;
  }

  *[Symbol.iterator](): Iterator<LogFile> {
    const others = this.#unreadable.toSorted(compareText);
    let next = 0;
    for (const [file, name] of this.#files.entries()) {
      const status = at(STATUS, at(this.#columns.status, file));
      if (status === null) continue;
      for (; next < others.length && at(others, next) < name; next += 1) yield failedEntry(at(others, next));
      yield this.#at(file, name, status);
    }
    for (const other of others.slice(next)) yield failedEntry(other);
  }

  #at(file: number, name: string, status: LogFile['status']): LogFile {
    const { bytes, records, newest } = this.#columns;
    const size = at(bytes, file);
    const time = at(newest, file);
    const start = SHA256_BYTES * file;
    return {
      name,
      sha256: size === -1 ? null : this.#columns.sha256.toString('hex', start, start + SHA256_BYTES),
      bytes: size === -1 ? null : size,
      records: at(records, file),
      newest: time === -Infinity ? null : iso(time),
      status,
    };
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
