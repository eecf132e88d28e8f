import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeCacheFile } from './cache-file.js';

/** Milliseconds. A cache file is written in one go, so no live run is still writing one that old. */
const ABANDONED = 86_400_000;

/** A folder of the cache as `openFilesTrail` names it, and a file in it as `writeCacheFile` names it before it is complete. */
const FOLDER = /^[0-9a-f]{16}$/;
const UNFINISHED = /\.(answers|pack)\.[0-9a-f-]{36}\.tmp$/;

/** Removes the incomplete files that killed runs left in a cache, for all log folders. */
export function removeLeftovers(cache: string): void {
  for (const folder of list(cache).filter((name) => FOLDER.test(name))) {
    for (const name of list(join(cache, folder)).filter((file) => UNFINISHED.test(file))) {
      const path = join(cache, folder, name);
      const info = statSync(path, { throwIfNoEntry: false });
      if (info !== undefined && Date.now() - info.mtimeMs > ABANDONED) removeCacheFile(path);
    }
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
