import { LOOKBACK_HOURS } from '../sessions.js';
import { hoursBefore } from '../time.js';
import type { TrailRequest, TrailSource } from '../types.js';
import { toTrail } from './answers.js';
import { removeLeftovers } from './cache-leftovers.js';
import { cachePlace, readCached, writeCached } from './cache.js';
import { listLogFiles, type Listing } from './discover/list.js';
import type { ReadOutcome, ReadJob } from './read/read-all.js';
import { openStore } from './store/open.js';
import type { LogStore } from './store/store.js';

/** The embedded engine over a folder of this machine. @throws TrailError as `openLogs` */
export const openFilesTrail = (
  { path }: { readonly path: string },
  request: TrailRequest,
  cache?: string,
  listing?: Listing,
): Promise<TrailSource> => openLogs(openStore({ kind: 'folder', path }), request, cache, listing);

/**
 * The embedded engine: reads every log file of a store once, for all questions.
 * @param cache folder for answers, for later runs over the same logs. The answers are the same with and without it
 * @param given the store's log files, if they have been listed already
 * @throws TrailError when the store does not exist or holds no log file
 */
export async function openLogs(
  store: LogStore,
  request: TrailRequest,
  cache?: string,
  given?: Listing,
): Promise<TrailSource> {
  const { period, accountIds, onProgress } = request;
  const scope = { ...period, lookback: hoursBefore(period.start, LOOKBACK_HOURS), accountIds };
  const listing = given ?? (await listLogFiles(store, onProgress));
  const job = { store, listing, scope, request };
  return cache === undefined ? toTrail((await readAll(job)).answers) : await readWithCache(job, cache);
}

async function readWithCache(job: ReadJob, cache: string): Promise<TrailSource> {
  removeLeftovers(cache);
  const place = cachePlace(cache, job.store, job.listing, job.scope);
  const cached = await readCached(place);
  if (cached !== undefined) return cached;
  const { answers, isComplete: whole } = await readAll(job);
  const trail = toTrail(answers);
  // Nothing about an unreadable file tells whether the next run can read it.
  if (!whole) return trail;
  try {
    return await writeCached(trail, place);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    job.request.onProgress?.(
      `Cannot write to the cache ${cache}: ${reason}. The report is complete without it.`,
    );
    return trail;
  }
}

/** Loading the reader takes a tenth of the time of a run whose answers are cached. */
async function readAll(task: ReadJob): Promise<ReadOutcome> {
  const reading = await import('./read/read-all.js');
  return await reading.readAll(task);
}
