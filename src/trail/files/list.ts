import { readdir, realpath, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../aggregate.js';
import { TrailError } from '../errors.js';

export interface Listing {
  /** Absolute paths of log files, sorted. */
  readonly files: readonly string[];
  readonly unreadable: readonly string[];
}

const LOG_NAME = /\.(json|jsonl|ndjson)(\.gz)?$/i;

/**
 * All log files below a folder; a folder reached twice (by a symbolic link) is read once.
 * @param origin who named the folder, for messages
 * @throws TrailError
 */
export async function listLogFiles(
  root: string,
  origin = 'files.path in the configuration',
): Promise<Listing> {
  const info = await stat(root).catch(() => undefined);
  if (info === undefined) throw new TrailError(`The log folder ${root} does not exist (${origin}).`);
  if (!info.isDirectory()) throw new TrailError(`${root} is not a folder (${origin}).`);
  const files: string[] = [];
  const unreadable: string[] = [];
  const seen = new Set<string>();
  const visit = async (folder: string): Promise<void> => {
    const real = await realpath(folder).catch(() => folder);
    if (seen.has(real)) return;
    seen.add(real);
    let entries: Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch {
      unreadable.push(folder);
      return;
    }
    for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
      const path = join(folder, entry.name);
      // Only links, and what this file system does not tell, must be looked at.
      const isKnown = entry.isFile() || entry.isDirectory();
      const kind = isKnown ? entry : await stat(path).catch(() => undefined);
      if (kind === undefined) unreadable.push(path);
      else if (kind.isDirectory()) await visit(path);
      else if (kind.isFile() && LOG_NAME.test(entry.name)) files.push(path);
    }
  };
  await visit(root);
  if (files.length === 0) {
    throw new TrailError(
      `No CloudTrail log file (*.json.gz, *.json) below ${root}. Copy them with: aws s3 sync s3://BUCKET/AWSLogs/ ${root}`,
    );
  }
  return { files: files.sort(), unreadable };
}
