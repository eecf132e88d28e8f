import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
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
    let names: string[];
    try {
      names = (await readdir(folder)).sort();
    } catch {
      unreadable.push(folder);
      return;
    }
    for (const name of names) {
      const path = join(folder, name);
      const entry = await stat(path).catch(() => undefined);
      if (entry === undefined) unreadable.push(path);
      else if (entry.isDirectory()) await visit(path);
      else if (entry.isFile() && LOG_NAME.test(name)) files.push(path);
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
