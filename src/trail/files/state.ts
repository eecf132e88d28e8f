import { createHash } from 'node:crypto';
import { listLogFiles } from './list.js';
import { Stamps } from './stamps.js';

/**
 * What changes whenever a log file below the folder is added, removed or written: names, sizes and times. The time of the
 * last change (ctime) cannot be set back, so also a file with its old size and time is found.
 * @throws TrailError as `listLogFiles`
 */
export async function logState(root: string): Promise<string> {
  const { files, unreadable } = await listLogFiles(root);
  const hash = createHash('sha256').update(JSON.stringify([root, unreadable]));
  new Stamps(files).addTo(hash);
  return hash.digest('hex');
}
