import type { FileDigest } from './dictionary.js';
import { Ints } from './intern.js';
import type { Stamp } from './stamps.js';
import type { FileSource } from './unpack.js';

export interface PackedFile {
  readonly path: string;
  readonly stamp: Stamp;
  readonly source: FileSource;
  readonly digest: FileDigest;
}

const SHA256_BYTES = 32;
/**
 * Numbers of a file: its stamp, bytes, counts and damaged lines, and where its events, session keys, starts and texts end in the columns
 * of all.
 */
const WIDTH = 13;

/** Files by columns: thousands of small ones, with objects for each, take more time and memory than what is in them. */
export interface PackedColumns extends Omit<FileDigest, 'counts' | 'damaged'> {
  readonly paths: readonly string[];
  readonly sha256: Uint8Array;
  readonly numbers: Float64Array;
}

/** Collects the files of a pack. */
export class PackedFiles {
  readonly #paths: string[] = [];
  readonly #sha256: string[] = [];
  readonly #numbers: number[] = [];
  readonly #kind = new Ints();
  readonly #session = new Ints();
  readonly #resources = new Ints();
  /** The halves of 64-bit numbers. */
  readonly #time = new Ints();
  readonly #identity = new Ints();
  readonly #sessionKeys = new Ints();
  readonly #starts = new Ints();
  readonly #startTexts: string[] = [];

  add({ path, stamp, source, digest }: PackedFile): void {
    const { kind, session, resources, time, identity, sessionKeys, starts, counts, damaged } = digest;
    this.#paths.push(path);
    this.#sha256.push(source.sha256);
    this.#kind.append(kind);
    this.#session.append(session);
    this.#resources.append(resources);
    this.#time.append(new Int32Array(time.buffer, time.byteOffset, 2 * time.length));
    this.#identity.append(identity);
    this.#sessionKeys.append(sessionKeys);
    this.#starts.append(starts.numbers);
    this.#startTexts.push(...starts.texts);
    this.#numbers.push(
      ...[stamp.size, stamp.modified, stamp.changed, source.bytes],
      ...[counts.recordsRead, counts.insightRecords, counts.malformedRecords, counts.digestFiles, damaged],
      ...[this.#kind.length, this.#sessionKeys.length, this.#starts.length, this.#startTexts.length],
    );
  }

  columns(): PackedColumns {
    return {
      paths: this.#paths,
      sha256: Buffer.from(this.#sha256.join(''), 'hex'),
      numbers: Float64Array.from(this.#numbers),
      kind: this.#kind.from(0),
      session: this.#session.from(0),
      resources: this.#resources.from(0),
      time: new Float64Array(this.#time.from(0).buffer),
      identity: this.#identity.from(0),
      sessionKeys: this.#sessionKeys.from(0),
      starts: { numbers: this.#starts.from(0), texts: this.#startTexts },
    };
  }
}

export const stampAt = ({ numbers }: PackedColumns, file: number): Stamp => ({
  size: numbers[WIDTH * file] ?? 0,
  modified: numbers[WIDTH * file + 1] ?? 0,
  changed: numbers[WIDTH * file + 2] ?? 0,
});

/** @returns the files, in order; their numbers lie where those of the columns do */
export function* filesOf(columns: PackedColumns): Generator<PackedFile> {
  const { paths, numbers } = columns;
  const sha256 = Buffer.from(columns.sha256);
  let [event, key, start, text] = [0, 0, 0, 0];
  for (const [file, path] of paths.entries()) {
    const number = (index: number): number => numbers[WIDTH * file + index] ?? 0;
    const [events, keys, starts, texts] = [number(9), number(10), number(11), number(12)];
    const digest: FileDigest = {
      kind: columns.kind.subarray(event, events),
      session: columns.session.subarray(event, events),
      resources: columns.resources.subarray(event, events),
      time: columns.time.subarray(event, events),
      identity: columns.identity.subarray(2 * event, 2 * events),
      sessionKeys: columns.sessionKeys.subarray(key, keys),
      starts: {
        numbers: columns.starts.numbers.subarray(start, starts),
        texts: columns.starts.texts.slice(text, texts),
      },
      counts: {
        recordsRead: number(4),
        insightRecords: number(5),
        malformedRecords: number(6),
        digestFiles: number(7),
      },
      damaged: number(8),
    };
    const source = {
      sha256: sha256.toString('hex', SHA256_BYTES * file, SHA256_BYTES * (file + 1)),
      bytes: number(3),
    };
    yield { path, stamp: stampAt(columns, file), source, digest };
    [event, key, start, text] = [events, keys, starts, texts];
  }
}
