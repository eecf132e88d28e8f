import { LOOKBACK_HOURS } from '../sessions.js';
import { hoursBefore } from '../time.js';
import type { TrailRequest, TrailSource } from '../types.js';
import { toTrail } from './answers.js';
import { removeLeftovers } from './cache-leftovers.js';
import { cachePlace, readCached, writeCached } from './cache.js';
import type { ReadWindow } from './count/collector.js';
import { listLogFiles } from './discover/list.js';
import { lookAtLogs, type LogFolder } from './logs.js';
import type { ReadOutcome, ReadJob } from './read/read-all.js';

/**
 * The embedded engine: reads every file of a folder once, for all questions.
 * @param cache folder for answers, for later runs over the same logs. The answers are the same with and without it
 * @param logs the folder's log files, if they have been listed already
 * @throws TrailError when the folder is missing or holds no log file
 */
export async function openFilesTrail(
  { path: root }: { readonly path: string },
  request: TrailRequest,
  cache?: string,
  logs?: LogFolder,
): Promise<TrailSource> {
  const { period, accountIds, requests, onProgress } = request;
  const scope = { ...period, lookback: hoursBefore(period.start, LOOKBACK_HOURS), accountIds, requests };
  if (cache !== undefined)
    return await readWithCache(logs ?? (await lookAtLogs(root, onProgress)), scope, request, cache);
  const listing = logs?.listing ?? (await listLogFiles(root, onProgress));
  return toTrail((await readAll({ root, listing, scope, request })).answers);
}

async function readWithCache(
  logs: LogFolder,
  scope: ReadWindow,
  request: TrailRequest,
  cache: string,
): Promise<TrailSource> {
  removeLeftovers(cache);
  const place = cachePlace(cache, logs, scope);
  const cached = await readCached(place);
  if (cached !== undefined) return cached;
  const { answers, isComplete: whole } = await readAll({
    root: logs.root,
    listing: logs.listing,
    scope,
    request,
  });
  const trail = toTrail(answers);
  // Nothing about an unreadable file tells whether the next run can read it.
  if (!whole) return trail;
  try {
    return await writeCached(trail, place);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    request.onProgress?.(`Cannot write to the cache ${cache}: ${reason}. The report is complete without it.`);
    return trail;
  }
}

/** Loading the reader takes a tenth of the time of a run whose answers are cached. */
async function readAll(task: ReadJob): Promise<ReadOutcome> {
  const reading = await import('./read/read-all.js');
  return await reading.readAll(task);
}
