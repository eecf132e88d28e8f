/** A file of a store. */
export interface StoredFile {
  /** Relative to the root of the store, with `/`. */
  readonly name: string;
  readonly size: number;
  /** Changes whenever the file is written. */
  readonly version: string;
}

/** A part of a listing: listings come in pages, because there can be millions of files. */
export interface StorePage {
  readonly files: readonly StoredFile[];
  /** Names of unreadable files and folders. */
  readonly unreadable: readonly string[];
}

/** Location of a store, as plain data: each thread opens the store itself. */
export interface StoreLocation {
  readonly kind: 'folder';
  /** Absolute. */
  readonly path: string;
}

/** Larger files are refused: a V8 string cannot be longer, and CloudTrail delivers far smaller files. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** A place with log files. `test/trail/log-files/stores.test.ts` has the requirements for every store. */
export interface LogStore {
  readonly location: StoreLocation;
  /** Name of the store, or of one of its files, in messages. */
  describe(name?: string): string;
  /**
   * Lists all files, in the same order as long as no file changes.
   * @throws TrailError if the store does not exist
   */
  list(): AsyncIterable<StorePage>;
  /**
   * @param placeFor returns memory for that many bytes, which saves a copy; undefined if there is none
   * @throws an error whose message says why this file is unreadable
   */
  read(name: string, placeFor?: (size: number) => Buffer | undefined): Promise<Buffer>;
}
