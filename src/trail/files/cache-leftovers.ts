import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds. No run is still writing answers that old. */
const ABANDONED = 86_400_000;

/** A folder of the cache as `cachePlace` names it, and answers in it as `writeCached` names them before they are complete. */
const FOLDER = /^[0-9a-f]{16}$/;
const UNFINISHED = /\.[0-9a-f-]{36}\.tmp$/;

/** Removes the incomplete answers that killed runs left in a cache, for all log folders. */
export function removeLeftovers(cache: string): void {
  for (const folder of list(cache).filter((name) => FOLDER.test(name))) {
    for (const name of list(join(cache, folder)).filter((entry) => UNFINISHED.test(entry))) {
      const path = join(cache, folder, name);
      const info = statSync(path, { throwIfNoEntry: false });
      if (info !== undefined && Date.now() - info.mtimeMs > ABANDONED) remove(path);
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

/** Whoever may not remove it can do without. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    return;
  }
}
