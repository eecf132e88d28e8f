import { createHash } from 'node:crypto';
import { listLogFiles, type OnProgress } from './list.js';
import { Stamps } from './stamps.js';

/**
 * What changes whenever a log file below the folder is added, removed or written: names, sizes and times. The time of the
 * last change (ctime) cannot be set back, so also a file with its old size and time is found.
 * @throws TrailError as `listLogFiles`
 */
export async function logState(root: string, onProgress: OnProgress): Promise<string> {
  const { files, unreadable } = await listLogFiles(root, onProgress);
  const hash = createHash('sha256').update(JSON.stringify([root, unreadable]));
  const stamps = await Stamps.of(files, onProgress);
  stamps.addTo(hash);
  return hash.digest('hex');
}
