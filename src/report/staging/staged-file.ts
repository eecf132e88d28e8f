import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import type { OutputFile } from '../types.js';
import { toOutputError } from './errors.js';

export interface WrittenFile {
  /** Relative to the report, with `/`. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Number of rows without header, for files with rows. */
  readonly rows?: number;
}

export const writtenFile = (path: string, sha256: string, bytes: number, rows?: number): WrittenFile => ({
  path,
  sha256,
  bytes,
  ...(rows === undefined ? {} : { rows }),
});

/** A file that is written in chunks, and hashed meanwhile. */
export class StagedFile implements OutputFile {
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;
  #failure: Error | undefined;
  readonly #path: string;
  readonly #stream: WriteStream;
  readonly #onClosed: (file: WrittenFile) => void;

  constructor(path: string, stream: WriteStream, onClosed: (file: WrittenFile) => void) {
    this.#path = path;
    this.#stream = stream;
    this.#onClosed = onClosed;
    stream.on('error', (error) => (this.#failure = error));
  }

  async write(text: string): Promise<void> {
    this.#check();
    const bytes = Buffer.from(text, 'utf8');
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    if (!this.#stream.write(bytes)) {
      await once(this.#stream, 'drain').catch(() => undefined);
      this.#check();
    }
  }

  async close(rows?: number): Promise<void> {
    this.#stream.end();
    if (!this.#stream.closed) await once(this.#stream, 'close').catch(() => undefined);
    this.#check();
    this.#onClosed(writtenFile(this.#path, this.#hash.digest('hex'), this.#bytes, rows));
  }

  /** Closes a file that will not be finished. */
  async abandon(): Promise<void> {
    this.#stream.destroy();
    if (!this.#stream.closed) await once(this.#stream, 'close').catch(() => undefined);
  }

  #check(): void {
    if (this.#failure !== undefined) throw toOutputError(`Cannot write ${this.#path}`, this.#failure);
  }
}
