import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compareText } from '../aggregate.js';
import { TrailError } from '../errors.js';
import { firstWhere } from './search.js';

export interface Listing {
  /** Absolute paths of log files, sorted. */
  readonly files: readonly string[];
  readonly unreadable: readonly string[];
}

/** Folders. */
const PAUSE = 500;

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
  const info = statOf(root);
  if (info === undefined) throw new TrailError(`The log folder ${root} does not exist (${origin}).`);
  if (!info.isDirectory()) throw new TrailError(`${root} is not a folder (${origin}).`);
  const files: string[] = [];
  const unreadable: string[] = [];
  const seen = new Set<string>();
  /** @param real where the folder is without symbolic links */
  const visit = async (folder: string, real: string): Promise<void> => {
    if (seen.has(real)) return;
    seen.add(real);
    // There is one for each account, region and day: others get their turn between them.
    if (seen.size % PAUSE === 0) await setImmediate();
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      unreadable.push(folder);
      return;
    }
    const within = folder.endsWith(sep) ? folder : `${folder}${sep}`;
    for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
      // Not by `join`, whose text is put together of many, which takes a kilobyte until it is compared.
      const path = within + entry.name;
      // Only links, and what this file system does not tell, must be looked at.
      const isKnown = entry.isFile() || entry.isDirectory();
      const kind = isKnown ? entry : statOf(path);
      if (kind === undefined) unreadable.push(path);
      else if (kind.isDirectory()) await visit(path, isKnown ? join(real, entry.name) : realPathOf(path));
      else if (kind.isFile() && LOG_NAME.test(entry.name)) files.push(path);
    }
  };
  await visit(normalize(root), realPathOf(root));
  if (files.length === 0) {
    throw new TrailError(
      `No CloudTrail log file (*.json.gz, *.json) below ${root}. Copy them with: aws s3 sync s3://BUCKET/AWSLogs/ ${root}`,
    );
  }
  return { files: files.sort(), unreadable };
}

/** @param paths sorted @returns -1 for a path that is not among them */
export function numberOf(paths: readonly string[], path: string): number {
  const number = firstWhere(paths.length, (at) => (paths[at] ?? '') >= path);
  return paths[number] === path ? number : -1;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
