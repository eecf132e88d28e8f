import { relative, sep } from 'node:path';
import { compareText } from '../aggregate.js';
import { iso } from '../time.js';
import type { LogFile } from '../types.js';
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

/** What there is to say about each file afterwards. */
export class LogFiles {
  readonly #root: string;
  readonly #files: LogFile[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  read({ path, source, records, damaged, newest }: FileRead): void {
    this.#files.push({
      name: this.#nameOf(path),
      sha256: source.sha256,
      bytes: source.bytes,
      records,
      newest: newest === -Infinity ? null : iso(newest),
      status: damaged === 0 ? 'read' : 'damaged',
    });
  }

  /** @param source absent where its bytes could not be read */
  failed(path: string, source?: FileSource): void {
    this.#files.push({
      name: this.#nameOf(path),
      sha256: source?.sha256 ?? null,
      bytes: source?.bytes ?? null,
      records: 0,
      newest: null,
      status: 'failed',
    });
  }

  sorted(): readonly LogFile[] {
    return this.#files.sort((a, b) => compareText(a.name, b.name));
  }

  #nameOf(path: string): string {
    return relative(this.#root, path).split(sep).join('/');
  }
}
