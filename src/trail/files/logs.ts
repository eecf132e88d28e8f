import { createHash } from 'node:crypto';
import { listLogFiles, type Listing, type OnProgress } from './discover/list.js';
import { FileFingerprints } from './discover/fingerprints.js';

/** The log files of a folder, and the fingerprint of each, at one time. */
export interface LogFolder {
  readonly root: string;
  readonly listing: Listing;
  readonly fingerprints: FileFingerprints;
}

/** @throws TrailError as `listLogFiles` */
export async function lookAtLogs(root: string, onProgress: OnProgress | undefined): Promise<LogFolder> {
  const listing = await listLogFiles(root, onProgress);
  return { root, listing, fingerprints: await FileFingerprints.of(listing.files, onProgress) };
}

/**
 * Changes whenever a log file below the folder is added, removed or written. The ctime cannot be set back, so a file rewritten with its
 * old size and mtime is found too.
 */
export function stateOfLogs({ root, listing, fingerprints }: LogFolder): string {
  const hash = createHash('sha256').update(JSON.stringify([root, listing.unreadable]));
  fingerprints.addTo(hash);
  return hash.digest('hex');
}
