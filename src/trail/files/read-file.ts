import { checkDepth } from '../../base/json.js';
import { recordsOf, type Contents } from './containers.js';
import { Digester } from './digest.js';
import type { Dictionary, FileDigest } from './dictionary.js';
import { PackedFiles } from './packed-files.js';
import { writePack, type CachePlace } from './packs.js';
import { readPacked, sourceOf, unpack, type FileSource } from './unpack.js';
import { Walker } from './walker.js';
import { NoRoom } from './wasm.js';

/** A file that could not be read is a value, not an exception: the others still go in. */
export type FileResult = ReadFile | Failed;

interface ReadFile {
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

/** A reader forgets what it has seen before it holds more than about this many bytes, or events in its pack. */
const MAX_WEIGHT = 16 * 1024 * 1024;
const MAX_PACKED_EVENTS = 300_000;
/** And what it knows of resources before they are about so many. */
const MOST_RESOURCES = 8_000;
/** What a pack keeps of a file takes as much as so many events, and theirs. */
const FILE_WEIGHT = 30;

/** Reads, unpacks and digests log files. */
export class FileReader {
  #walker = new Walker();
  #digester = new Digester(this.#walker);
  #anew = true;
  #packed = new PackedFiles();
  #packedEvents = 0;

  constructor(private readonly cache: CachePlace | null) {}

  read(path: string): FileResult {
    let source: FileSource | undefined;
    try {
      if (this.#digester.weight > MAX_WEIGHT || this.#packedEvents > MAX_PACKED_EVENTS) this.finish();
      // What the cache keeps of files needs all that they named.
      if (this.cache === null && this.#digester.resources > MOST_RESOURCES) this.#digester.forgetResources();
      const { stamp, packed } = readPacked(path, (size) => this.#walker.placeFor(size));
      source = sourceOf(packed);
      const digest = this.#digest(unpack(path, packed, (data, size) => this.#walker.inflate(data, size)));
      const anew = this.#anew;
      this.#anew = false;
      if (this.cache !== null) {
        this.#packed.add({ path, stamp, source, digest });
        this.#packedEvents += FILE_WEIGHT + digest.kind.length;
      }
      return { path, ok: true, anew, source, dictionary: this.#digester.news(), digest };
    } catch (error) {
      if (error instanceof NoRoom) this.finish();
      return { path, ok: false, reason: reasonOf(error), ...(source === undefined ? {} : { source }) };
    }
  }

  #digest(bytes: Buffer): FileDigest {
    const room = Math.max(bytes.length, Walker.ROOM);
    if (room !== this.#walker.room) {
      this.finish();
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
      this.finish();
      return digest();
    }
  }

  /** Writes what was read into the cache, and begins anew. A cache that cannot be written is none. */
  finish(): void {
    if (this.cache !== null) {
      const { folder, version } = this.cache;
      try {
        writePack(folder, {
          version,
          dictionary: this.#digester.dictionary(),
          files: this.#packed.columns(),
        });
      } catch {
        // The next run reads the logs again.
      }
    }
    this.#digester = new Digester(this.#walker);
    this.#anew = true;
    this.#packed = new PackedFiles();
    this.#packedEvents = 0;
  }
}

function contentsOf(bytes: Buffer): Contents {
  checkDepth(bytes);
  return recordsOf(bytes.toString('utf8'));
}

/** What one log file holds. */
export function readContents(path: string): ContentsResult {
  try {
    return { path, ok: true, contents: contentsOf(unpack(path, readPacked(path).packed)) };
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
