import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readCacheFile, removeCacheFile, writeCacheFile } from './cache-file.js';
import { deliveryTimeOf } from './delivery.js';
import type { Dictionary, FileDigest } from './dictionary.js';
import type { FileSource } from './unpack.js';

/** Tells whether a file is still the one that was read. */
export interface Stamp {
  readonly size: number;
  /** Milliseconds since 1970: mtime, and ctime, which cannot be set back. */
  readonly modified: number;
  readonly changed: number;
}

/** @throws what node:fs throws */
export function stampOf(path: string): Stamp {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  return { size, modified: mtimeMs, changed: ctimeMs };
}

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

export function writePack(folder: string, pack: Pack): void {
  if (pack.files.length > 0) writeCacheFile(join(folder, `${orderOf(pack)}-${randomUUID()}${ENDING}`), pack);
}

/** Packs are in the order of their names, which is that of the first delivery in each. */
function orderOf({ files }: Pack): string {
  let first = Infinity;
  for (const { path } of files) first = Math.min(first, deliveryTimeOf(path) ?? 0);
  return String(first).padStart(12, '0');
}

/**
 * Hands over the packs of which every file is unchanged, one at a time and in order, and removes the others.
 * @param stamps of all log files there are, by path
 */
export function usePacks(
  folder: string,
  version: string,
  stamps: ReadonlyMap<string, Stamp>,
  use: (pack: Pack) => void,
): void {
  const done = new Set<string>();
  for (const name of listPacks(folder)) {
    const path = join(folder, name);
    // The checksum says that this program wrote it.
    const pack = readCacheFile(path) as Pack | undefined;
    if (pack === undefined) continue;
    const isCurrent = ({ path: file, stamp }: PackedFile): boolean => {
      const now = stamps.get(file);
      if (now === undefined || done.has(file)) return false;
      return now.size === stamp.size && now.modified === stamp.modified && now.changed === stamp.changed;
    };
    if (pack.version !== version || !pack.files.every(isCurrent)) {
      removeCacheFile(path);
      continue;
    }
    for (const file of pack.files) done.add(file.path);
    use(pack);
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
