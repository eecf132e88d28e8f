import { recordsOf, type Contents } from './log-contents.js';
import { Digester } from './record-encoder.js';
import type { Dictionary, FileDigest } from './encoded-file.js';
import { checkDepth } from './json-text.js';
import { readPacked, sourceOf, unpack, type FileSource, type Inflate } from './unpack.js';
import { Walker } from './json-scanner.js';
import { NoRoom } from './wasm-instance.js';

/** A file that could not be read is a value, not an exception: the others still go in. */
export type FileResult = ReadFile | Failed;

export interface ReadFile {
  readonly path: string;
  readonly ok: true;
  /** The numbers of earlier digests of the same reader mean nothing any more. */
  readonly anew: boolean;
  readonly source: FileSource;
  readonly dictionary: Dictionary;
  readonly digest: FileDigest;
}

export type ContentsResult =
  { readonly path: string; readonly ok: true; readonly contents: Contents } | Failed;

export interface Failed {
  readonly path: string;
  readonly ok: false;
  readonly reason: string;
  /** Absent where its bytes could not be read at all. */
  readonly source?: FileSource;
}

/** A reader forgets what it has seen before it holds more than about this many bytes. */
const MAX_WEIGHT = 16 * 1024 * 1024;
/** And what it knows of resources before they are about so many. */
const MOST_RESOURCES = 8_000;

/** Turns off assembly/inflate, for measuring or should it ever be wrong. */
const USE_ZLIB = process.env.CLOUDTRACKER_INFLATE === 'zlib';

/** Reads, unpacks and digests log files. */
export class FileReader {
  #walker = new Walker();
  #digester = new Digester(this.#walker);
  #anew = true;

  readonly #inflate: Inflate = (data, size) => this.#walker.inflate(data, size);

  read(path: string): FileResult {
    let source: FileSource | undefined;
    try {
      if (this.#digester.weight > MAX_WEIGHT) this.#beginAnew();
      if (this.#digester.resources > MOST_RESOURCES) this.#digester.forgetResources();
      const packed = readPacked(path, (size) => this.#walker.placeFor(size));
      source = sourceOf(packed);
      const digest = this.#digest(unpack(path, packed, USE_ZLIB ? undefined : this.#inflate));
      const anew = this.#anew;
      this.#anew = false;
      return { path, ok: true, anew, source, dictionary: this.#digester.news(), digest };
    } catch (error) {
      if (error instanceof NoRoom) this.#beginAnew();
      return { path, ok: false, reason: reasonOf(error), ...(source === undefined ? {} : { source }) };
    }
  }

  #digest(bytes: Buffer): FileDigest {
    const room = Math.max(bytes.length, Walker.ROOM);
    if (room !== this.#walker.room) {
      this.#beginAnew();
      this.#walker = new Walker(room);
      this.#digester = new Digester(this.#walker);
    }
    const scanned = this.#withRoom(() => this.#digester.scanned(bytes));
    if (scanned !== null) return scanned;
    const contents = contentsOf(bytes);
    return this.#withRoom(() => this.#digester.parsed(contents));
  }

  /** Once more where what earlier files left may be what there is no room beside. */
  #withRoom<T>(digest: () => T): T {
    try {
      return digest();
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      this.#beginAnew();
      return digest();
    }
  }

  #beginAnew(): void {
    this.#digester = new Digester(this.#walker);
    this.#anew = true;
  }
}

function contentsOf(bytes: Buffer): Contents {
  checkDepth(bytes);
  return recordsOf(bytes.toString('utf8'));
}

/** What one log file holds. */
export function readContents(path: string): ContentsResult {
  try {
    return { path, ok: true, contents: contentsOf(unpack(path, readPacked(path))) };
  } catch (error) {
    return { path, ok: false, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SyntaxError) return 'not JSON';
  if (error instanceof RangeError) return 'nested too deeply';
  return error.message;
}
