import { closeSync, readdirSync, readSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compareBy } from '../../../base/compare.js';
import { openRegularFile, readBytes } from '../../../base/read-file.js';
import { TrailError } from '../../errors.js';
import type { LogStore, StoredFile, StoreLocation, StorePage } from '../store.js';
import { MAX_FILE_BYTES } from '../store.js';
import { LOG_FOLDER_ERRORS } from '../../../wording/log-files.js';

/** Entries between two turns of the event loop. */
const PAGE = 1000;

interface Folder {
  /** Relative to the root, ending in `/`; empty for the root. */
  readonly name: string;
  /** Path without symbolic links. */
  readonly real: string;
}

/** A local folder. A folder that symbolic links reach twice is listed once. */
export class FolderStore implements LogStore {
  readonly location: StoreLocation;

  /** @param path absolute @param origin where it was named, for messages */
  constructor(
    private readonly path: string,
    private readonly origin: string = LOG_FOLDER_ERRORS.origin,
  ) {
    this.location = { kind: 'folder', path };
  }

  describe(name = ''): string {
    return join(this.path, name);
  }

  async *list(): AsyncGenerator<StorePage> {
    const info = statOf(this.path);
    if (info === undefined) throw new TrailError(LOG_FOLDER_ERRORS.missing(this.path, this.origin));
    if (!info.isDirectory()) throw new TrailError(LOG_FOLDER_ERRORS.notFolder(this.path, this.origin));
    const seen = new Set<string>();
    const folders: Folder[] = [{ name: '', real: realPathOf(this.path) }];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      if (seen.has(folder.real)) continue;
      seen.add(folder.real);
      const inner: Folder[] = [];
      for (const page of this.#pages(folder, inner)) {
        yield page;
        await setImmediate();
      }
      folders.push(...inner.reverse());
    }
  }

  /** @param inner receives the subfolders, sorted */
  *#pages(folder: Folder, inner: Folder[]): Generator<StorePage> {
    const entries = entriesOf(this.describe(folder.name));
    if (entries === undefined) yield { files: [], unreadable: [folder.name.slice(0, -1)] };
    for (let at = 0; entries !== undefined && at < entries.length; at += PAGE) {
      const files: StoredFile[] = [];
      const unreadable: string[] = [];
      for (const entry of entries.slice(at, at + PAGE)) {
        const name = folder.name + entry.name;
        if (entry.isDirectory()) {
          inner.push({ name: `${name}/`, real: join(folder.real, entry.name) });
          continue;
        }
        const path = this.describe(name);
        const info = statOf(path);
        if (info === undefined) unreadable.push(name);
        // Symbolic links, and entries of file systems that do not report the type.
        else if (info.isDirectory()) inner.push({ name: `${name}/`, real: realPathOf(path) });
        // Also a FIFO or device: reading it gives the error, and its name says whether it matters.
        else files.push({ name, size: info.size, version: versionOf(info) });
      }
      yield { files, unreadable };
    }
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- other stores wait for a server
  async read(name: string, placeFor?: (size: number) => Buffer | undefined): Promise<Buffer> {
    const { descriptor: file, info } = openRegularFile(this.describe(name));
    try {
      const { size } = info;
      const place = size > MAX_FILE_BYTES ? undefined : placeFor?.(size);
      // Files in /proc report size 0.
      if (place === undefined || size === 0) return readBytes(file, size, MAX_FILE_BYTES);
      let length = 0;
      for (let read = -1; read !== 0 && length < size; length += read)
        read = readSync(file, place, length, size - length, null);
      return place.subarray(0, length);
    } finally {
      closeSync(file);
    }
  }
}

/** ctime cannot be set back, so a rewritten file with its old size and mtime has another version too. */
const versionOf = ({ mtimeMs, ctimeMs }: Stats): string => `${mtimeMs} ${ctimeMs}`;

/** Sorted; undefined if the folder is unreadable. */
function entriesOf(path: string): Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true }).sort(compareBy(({ name }) => name));
  } catch {
    return undefined;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
