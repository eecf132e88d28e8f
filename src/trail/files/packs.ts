import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCacheFile, removeCacheFile, writeCacheFile } from './cache-file.js';
import { deliveryOf, timeOf } from './delivery.js';
import type { Dictionary } from './dictionary.js';
import { stampAt, type PackedColumns } from './packed-files.js';
import type { Paths } from './paths.js';
import type { Stamps } from './stamps.js';

/** What one reader read, with the dictionary that its numbers need. It depends on neither period nor accounts. */
interface Pack {
  readonly version: string;
  readonly dictionary: Dictionary;
  readonly files: PackedColumns;
}

const ENDING = '.pack';

/** Where a reader puts what it has read, for the next run. */
export interface CachePlace {
  readonly folder: string;
  /** Of the code: see `codeVersion`. */
  readonly version: string;
}

export function writePack(folder: string, pack: Pack): void {
  if (pack.files.paths.length === 0) return;
  writeCacheFile(join(folder, `${orderOf(pack)}-${randomUUID()}${ENDING}`), pack, 'packed');
}

/** Packs are in the order of their names, which is that of the first delivery in each. */
function orderOf({ files }: Pack): string {
  let first = Infinity;
  for (const path of files.paths) first = Math.min(first, Math.max(0, timeOf(deliveryOf(path))));
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
  /** @returns undefined where a file is another one now, or was in a pack before */
  const numbersOf = (pack: Pack): number[] | undefined => {
    if (pack.version !== version) return undefined;
    const numbers = pack.files.paths.map((path) => paths.numberOf(path));
    const isCurrent = (file: number, i: number): boolean =>
      done[file] === 0 && stamps.is(file, stampAt(pack.files, i));
    return numbers.every(isCurrent) ? numbers : undefined;
  };
  for (const name of listPacks(folder)) {
    const path = join(folder, name);
    // The checksum says that this program wrote it.
    const pack = readCacheFile(path, 'packed') as Pack | undefined;
    if (pack === undefined) continue;
    const numbers = numbersOf(pack);
    if (numbers === undefined) {
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
