import { recordsOf, type Contents } from './containers.js';
import { Digester } from './digest.js';
import type { Dictionary, FileDigest } from './dictionary.js';
import { scanRecords } from './scan.js';
import { unpack } from './unpack.js';

/** A file that could not be read is a value, not an exception: the others still go in. */
export type FileResult = ReadFile | Failed;

export interface ReadFile {
  readonly path: string;
  readonly ok: true;
  /** The numbers of earlier digests of the same reader mean nothing any more. */
  readonly anew: boolean;
  readonly dictionary: Dictionary;
  readonly digest: FileDigest;
}

export type ContentsResult =
  { readonly path: string; readonly ok: true; readonly contents: Contents } | Failed;

interface Failed {
  readonly path: string;
  readonly ok: false;
  readonly reason: string;
}

/** A reader forgets what it has seen before it holds more than about this many bytes. */
const MAX_WEIGHT = 48 * 1024 * 1024;

/** Reads, unpacks and digests log files. */
export class FileReader {
  #digester = new Digester();
  #anew = true;

  read(path: string): FileResult {
    try {
      if (this.#digester.weight > MAX_WEIGHT) {
        this.#digester = new Digester();
        this.#anew = true;
      }
      const digest = digestOf(this.#digester, unpack(path));
      const anew = this.#anew;
      this.#anew = false;
      return { path, ok: true, anew, dictionary: this.#digester.dictionary(), digest };
    } catch (error) {
      return { path, ok: false, reason: reasonOf(error) };
    }
  }
}

function digestOf(digester: Digester, bytes: Buffer): FileDigest {
  const records = scanRecords(bytes);
  return records === null ? digester.parsed(recordsOf(bytes.toString('utf8'))) : digester.scanned(records);
}

/** What one log file holds. */
export function readContents(path: string): ContentsResult {
  try {
    return { path, ok: true, contents: recordsOf(unpack(path).toString('utf8')) };
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
