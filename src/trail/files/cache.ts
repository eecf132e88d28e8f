import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { toolVersion } from '../../base/tool-version.js';
import { storeAnswers } from '../resume-store/record.js';
import { holdsAnswers, replayAnswers } from '../resume-store/replay.js';
import type { TrailSource } from '../types.js';
import type { ReadWindow } from './count/collector.js';
import type { LogFolder } from './logs.js';

/** Answers about one folder of logs, for different periods and accounts. Those not used for longest go first. */
const MAX_CACHED = 8;
const TEMPORARY = '.tmp';

/** Where the answers about a folder of logs are cached. */
export interface CachePlace {
  /** For the answers of one state of the logs, one period, one choice of accounts and one version of the tool. */
  readonly folder: string;
  readonly key: string;
}

export function cachePlace(cache: string, { root, fingerprints }: LogFolder, scope: ReadWindow): CachePlace {
  const { requests, ...window } = scope;
  const plan = requests === undefined ? null : [...requests.services];
  const hash = createHash('sha256').update(JSON.stringify([toolVersion(), window, plan, root]));
  fingerprints.addTo(hash);
  const key = hash.digest('hex');
  const folderOfLogs = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return { folder: join(cache, folderOfLogs, key.slice(0, 32)), key };
}

/** @returns undefined when the cache has no complete, undamaged answers */
export async function readCached({ folder, key }: CachePlace): Promise<TrailSource | undefined> {
  if (!(await holdsAnswers(folder, key))) return undefined;
  // Other runs remove the oldest answers, and so not those in use. A cache that may only be read is of use too.
  await utimes(folder, new Date(), new Date()).catch(() => undefined);
  return await replayAnswers(folder);
}

/**
 * Writes all answers or none.
 * @returns the same answers, from the cache
 * @throws Error of the disk
 */
export async function writeCached(trail: TrailSource, { folder, key }: CachePlace): Promise<TrailSource> {
  const parent = join(folder, '..');
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const temporary = `${folder}.${randomUUID()}${TEMPORARY}`;
  try {
    await storeAnswers(trail, temporary, key);
    // Another run may have written, and be reading, the same answers.
    if (!(await holdsAnswers(folder, key))) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(temporary, folder);
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  removeOld(parent);
  return await replayAnswers(folder);
}

function removeOld(parent: string): void {
  const old = readdirSync(parent)
    .filter((name) => !name.endsWith(TEMPORARY))
    .map((name) => ({ name, time: statSync(join(parent, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time)
    .slice(MAX_CACHED);
  for (const { name } of old) rmSync(join(parent, name), { recursive: true, force: true });
}
