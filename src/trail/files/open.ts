import { LOOKBACK_HOURS } from '../sessions.js';
import { hoursBefore } from '../../base/time.js';
import type { TrailRequest, TrailSource } from '../types.js';
import type { PublicKeys } from '../digests/public-keys.js';
import { toTrail } from './answers.js';
import { listLogFiles, type Listing } from './discover/list.js';
import { openStore } from './store/open.js';
import type { LogStore } from './store/store.js';

export interface KnownLogs {
  /** The store's log files, if they have been listed already. */
  readonly listing?: Listing | undefined;
  /** Of CloudTrail, by which signatures of digest files are checked. */
  readonly publicKeys?: PublicKeys;
}

/** The embedded engine over a folder of this machine. @throws TrailError as `openLogs` */
export const openFilesTrail = (
  { path }: { readonly path: string },
  request: TrailRequest,
  given: KnownLogs = {},
): Promise<TrailSource> => openLogs(openStore({ kind: 'folder', path }), request, given);

/**
 * The embedded engine: reads every log file of a store once, for all questions.
 * @throws TrailError when the store does not exist or holds no log file
 */
export async function openLogs(
  store: LogStore,
  request: TrailRequest,
  { listing: listed, publicKeys = new Map() }: KnownLogs = {},
): Promise<TrailSource> {
  const { period, accountIds, requests, onProgress } = request;
  const scope = { ...period, lookback: hoursBefore(period.start, LOOKBACK_HOURS), accountIds, requests };
  const listing = listed ?? (await listLogFiles(store, onProgress));
  // Loading the reader takes a tenth of the time of a run whose answers are cached.
  const { readAll } = await import('./read/read-all.js');
  return toTrail(await readAll({ store, listing, scope, request, publicKeys }));
}
