/** A file of a store. */
export interface StoredFile {
  /** Relative to the root of the store, with `/`. */
  readonly name: string;
  readonly size: number;
  /** Changes whenever the file is written. */
  readonly version: string;
}

/** Some of the files of a store: listings come in pages, as there may be millions of files. */
export interface StorePage {
  readonly files: readonly StoredFile[];
  /** Names of files and folders that cannot be read. */
  readonly unreadable: readonly string[];
}

/** Where a store is, as plain data: each thread opens the store for itself. */
export interface StoreLocation {
  readonly kind: 'folder';
  /** Absolute. */
  readonly path: string;
}

/** Files are refused above this size: a string of V8 cannot be longer, and CloudTrail delivers far smaller files. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** A place that holds log files. `test/trail/files/stores.test.ts` checks what every store must do. */
export interface LogStore {
  readonly location: StoreLocation;
  /** How messages name the store, or one of its files. */
  describe(name?: string): string;
  /**
   * Lists all files, in the same order as long as no file changes.
   * @throws TrailError when the store does not exist
   */
  list(): AsyncIterable<StorePage>;
  /**
   * @param placeFor returns memory for so many bytes, which saves a copy; undefined when it has no room
   * @throws an error whose message says why this file cannot be read
   */
  read(name: string, placeFor?: (size: number) => Buffer | undefined): Promise<Buffer>;
}
