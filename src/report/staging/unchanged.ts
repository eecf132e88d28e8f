import { lstatSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { readRegularFile } from '../../base/read-file.js';
import type { WrittenFile } from './staged-file.js';
import { parseSums, SUMS } from './sums.js';

const MICROSECONDS = 1_000_000;

/**
 * Files with the same bytes as in the earlier report get their earlier modification time (to the microsecond), so
 * that `rsync` and `aws s3 sync` transfer only changed files.
 */
export async function restoreModificationTimes(
  files: readonly WrittenFile[],
  folder: string,
  earlier: string,
): Promise<void> {
  const text = await readRegularFile(join(earlier, SUMS)).then(String, () => '');
  const before = new Map(parseSums(text).sums.map(({ path, sha256 }) => [path, sha256]));
  const written = mtimeOf(join(earlier, SUMS))?.mtimeNs;
  for (const { path, sha256, bytes } of files) {
    if (before.get(path) !== sha256) continue;
    const info = mtimeOf(join(earlier, path));
    // A file changed after the earlier run has another time.
    if (info === undefined || written === undefined || info.mtimeNs > written || info.size !== BigInt(bytes))
      continue;
    // Half a microsecond more: binary fractions are inexact, and the rest is cut off.
    const seconds = (Number(info.mtimeNs / 1000n) + 0.5) / MICROSECONDS;
    utimesSync(join(folder, path), seconds, seconds);
  }
}

function mtimeOf(path: string): { readonly mtimeNs: bigint; readonly size: bigint } | undefined {
  const info = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return info?.isFile() === true ? info : undefined;
}
