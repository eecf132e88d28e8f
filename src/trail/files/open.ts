import { LOOKBACK_HOURS } from '../sessions.js';
import { hoursBefore } from '../../base/time.js';
import type { TrailRequest, TrailSource } from '../types.js';
import type { PublicKeys } from '../digests/public-keys.js';
import { toTrail } from './answers.js';
import { listLogFiles, type Listing } from '../log-files/list.js';
import { openStore } from '../log-files/open-store.js';
import type { LogStore } from '../log-files/store.js';

export interface KnownLogs {
  /** Log files of the store, if already listed. */
  readonly listing?: Listing | undefined;
  /** Public keys of CloudTrail for the signatures of digest files. */
  readonly publicKeys?: PublicKeys;
}

/** The files engine on a local folder. @throws TrailError like `openLogs` */
export const openFilesTrail = (
  { path }: { readonly path: string },
  request: TrailRequest,
  given: KnownLogs = {},
): Promise<TrailSource> => openLogs(openStore({ kind: 'folder', path }), request, given);

/**
 * The files engine: reads every log file of a store once, for all questions.
 * @throws TrailError if the store does not exist or has no log files
 */
export async function openLogs(
  store: LogStore,
  request: TrailRequest,
  { listing: listed, publicKeys = new Map() }: KnownLogs = {},
): Promise<TrailSource> {
  const { period, accountIds, requests, onProgress } = request;
  const scope = { ...period, lookback: hoursBefore(period.start, LOOKBACK_HOURS), accountIds, requests };
  const listing = listed ?? (await listLogFiles(store, onProgress));
  // Loading the reader takes a tenth of a run with cached answers.
  const { readAll } = await import('./read/read-all.js');
  return toTrail(await readAll({ store, listing, scope, request, publicKeys }));
}
