import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { listLogFiles } from './list.js';

/**
 * What changes whenever a log file below the folder is added, removed or written: names, sizes and times. The time of the
 * last change (ctime) cannot be set back, so also a file with its old size and time is found.
 * @throws TrailError as `listLogFiles`
 */
export async function logState(root: string): Promise<string> {
  const { files, unreadable } = await listLogFiles(root);
  const hash = createHash('sha256').update(JSON.stringify([root, unreadable]));
  for (const file of files) {
    const info = statSync(file, { bigint: true, throwIfNoEntry: false });
    hash.update(
      `${file}\n${info === undefined ? 'gone' : [info.size, info.mtimeNs, info.ctimeNs].join(' ')}\n`,
    );
  }
  return hash.digest('hex');
}
