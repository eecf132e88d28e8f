import { LOOKBACK_HOURS } from '../sessions.js';
import { hoursBefore } from '../../base/time.js';
import type { TrailRequest, TrailSource } from '../types.js';
import { toTrail } from './answers.js';
import { listLogFiles, type Listing } from './discover/list.js';
import { openStore } from './store/open.js';
import type { LogStore } from './store/store.js';

/** The files engine on a local folder. @throws TrailError like `openLogs` */
export const openFilesTrail = (
  { path }: { readonly path: string },
  request: TrailRequest,
  listing?: Listing,
): Promise<TrailSource> => openLogs(openStore({ kind: 'folder', path }), request, listing);

/**
 * The files engine: reads every log file of a store once, for all questions.
 * @param given log files of the store, if already listed
 * @throws TrailError if the store does not exist or has no log files
 */
export async function openLogs(
  store: LogStore,
  request: TrailRequest,
  given?: Listing,
): Promise<TrailSource> {
  const { period, accountIds, requests, onProgress } = request;
  const scope = { ...period, lookback: hoursBefore(period.start, LOOKBACK_HOURS), accountIds, requests };
  const listing = given ?? (await listLogFiles(store, onProgress));
  // Loading the reader takes a tenth of a run with cached answers.
  const { readAll } = await import('./read/read-all.js');
  return toTrail(await readAll({ store, listing, scope, request }));
}
