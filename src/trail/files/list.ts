import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compareText } from '../aggregate.js';
import { TrailError } from '../errors.js';
import { PathsBuilder, type Paths } from './paths.js';

export interface Listing {
  /** Absolute paths of log files. */
  readonly files: Paths;
  readonly unreadable: readonly string[];
}

export type OnProgress = (message: string) => void;

/** Folders. */
const PAUSE = 500;

const LOG_NAME = /\.(json|jsonl|ndjson)(\.gz)?$/i;

/** Of a folder: a log file, or a folder with a separator behind its name. */
interface Entry {
  readonly name: string;
  /** Of a folder: where it is without symbolic links. */
  readonly real: string | null;
}

/**
 * All log files below a folder; a folder reached twice (by a symbolic link) is read once.
 * @param onProgress is told now and then how many were found
 * @param origin who named the folder, for messages
 * @throws TrailError
 */
export async function listLogFiles(
  root: string,
  onProgress: OnProgress | undefined,
  origin = 'files.path in the configuration',
): Promise<Listing> {
  const info = statOf(root);
  if (info === undefined) throw new TrailError(`The log folder ${root} does not exist (${origin}).`);
  if (!info.isDirectory()) throw new TrailError(`${root} is not a folder (${origin}).`);
  const files = new PathsBuilder();
  const unreadable: string[] = [];
  const seen = new Set<string>();
  /** @param within the folder, with a separator behind it @param real where it is without symbolic links */
  const visit = async (within: string, real: string): Promise<void> => {
    if (seen.has(real)) return;
    seen.add(real);
    // There is one for each account, region and day: others get their turn between them.
    if (seen.size % PAUSE === 0) {
      onProgress?.(`found ${files.length} log files`);
      await setImmediate();
    }
    let entries: Dirent[];
    try {
      entries = readdirSync(within, { withFileTypes: true });
    } catch {
      unreadable.push(within.slice(0, -sep.length));
      return;
    }
    const found: Entry[] = [];
    for (const entry of entries) {
      const { name } = entry;
      // Only links, and what this file system does not tell, must be looked at.
      const isKnown = entry.isFile() || entry.isDirectory();
      const kind = isKnown ? entry : statOf(within + name);
      if (kind === undefined) unreadable.push(within + name);
      else if (kind.isDirectory())
        found.push({ name: name + sep, real: isKnown ? join(real, name) : realPathOf(within + name) });
      // Also a FIFO or a device: opening it says what is wrong, and its name whether it matters.
      else if (LOG_NAME.test(name)) found.push({ name, real: null });
    }
    // With the separators this is the order of all paths, too.
    for (const entry of found.sort((a, b) => compareText(a.name, b.name))) {
      if (entry.real === null) files.add(within + entry.name);
      else await visit(within + entry.name, entry.real);
    }
  };
  await visit(join(root, sep), realPathOf(root));
  if (files.length === 0) {
    throw new TrailError(
      `No CloudTrail log file (*.json.gz, *.json) below ${root}. Copy them with: aws s3 sync s3://BUCKET/AWSLogs/ ${root}`,
    );
  }
  return { files: files.paths(), unreadable };
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
