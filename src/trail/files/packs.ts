import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCacheFile, removeCacheFile, writeCacheFile } from './cache-file.js';
import { deliveryOf, timeOf } from './delivery.js';
import type { Dictionary, FileDigest } from './dictionary.js';
import type { Paths } from './paths.js';
import type { Stamp, Stamps } from './stamps.js';
import type { FileSource } from './unpack.js';

export interface PackedFile {
  readonly path: string;
  readonly stamp: Stamp;
  readonly source: FileSource;
  readonly digest: FileDigest;
}

/** What one reader read, with the dictionary that its numbers need. It depends on neither period nor accounts. */
interface Pack {
  readonly version: string;
  readonly dictionary: Dictionary;
  readonly files: readonly PackedFile[];
}

const ENDING = '.pack';

/** Where a reader puts what it has read, for the next run. */
export interface CachePlace {
  readonly folder: string;
  /** Of the code: see `codeVersion`. */
  readonly version: string;
}

export function writePack(folder: string, pack: Pack): void {
  if (pack.files.length === 0) return;
  writeCacheFile(join(folder, `${orderOf(pack)}-${randomUUID()}${ENDING}`), pack, 'packed');
}

/** Packs are in the order of their names, which is that of the first delivery in each. */
function orderOf({ files }: Pack): string {
  let first = Infinity;
  for (const { path } of files) first = Math.min(first, Math.max(0, timeOf(deliveryOf(path))));
  return String(first).padStart(12, '0');
}

/**
 * Hands over the packs of which every file is unchanged, one at a time and in order, and removes the others.
 * @param paths of all log files there are
 * @param use is given the numbers of a pack's files, too
 */
export function usePacks(
  { folder, version }: CachePlace,
  paths: Paths,
  stamps: Stamps,
  use: (pack: Pack, numbers: readonly number[]) => void,
): void {
  const done = new Uint8Array(paths.length);
  for (const name of listPacks(folder)) {
    const path = join(folder, name);
    // The checksum says that this program wrote it.
    const pack = readCacheFile(path, 'packed') as Pack | undefined;
    if (pack === undefined) continue;
    const numbers = pack.files.map((file) => paths.numberOf(file.path));
    const isCurrent = ({ stamp }: PackedFile, i: number): boolean => {
      const file = numbers[i] ?? -1;
      return done[file] === 0 && stamps.is(file, stamp);
    };
    if (pack.version !== version || !pack.files.every(isCurrent)) {
      removeCacheFile(path);
      continue;
    }
    for (const file of numbers) done[file] = 1;
    use(pack, numbers);
  }
}

function listPacks(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ENDING))
      .sort();
  } catch {
    return [];
  }
}
