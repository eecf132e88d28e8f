import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compareText } from '../../aggregate.js';
import { TrailError } from '../../errors.js';

export interface Listing {
  /** Absolute paths of log files, sorted. */
  readonly files: readonly string[];
  readonly unreadable: readonly string[];
}

export type OnProgress = (message: string) => void;

/** Folders between two pauses for other work. */
const PAUSE = 500;

const LOG_NAME = /\.(json|jsonl|ndjson)(\.gz)?$/i;

/** A log file, or a folder with a separator after its name. */
interface Entry {
  readonly name: string;
  /** The real path of a folder; null for a file. */
  readonly real: string | null;
}

/**
 * Lists all log files below a folder. A folder that symbolic links lead to a second time is read once.
 * @param onProgress is called from time to time with the number of files found
 * @param origin where the folder was named, for messages
 * @throws TrailError when the folder does not exist or holds no log file
 */
export async function listLogFiles(
  root: string,
  onProgress: OnProgress | undefined,
  origin = 'files.path in the configuration',
): Promise<Listing> {
  const info = statOf(root);
  if (info === undefined) throw new TrailError(`The log folder ${root} does not exist (${origin}).`);
  if (!info.isDirectory()) throw new TrailError(`${root} is not a folder (${origin}).`);
  const files: string[] = [];
  const unreadable: string[] = [];
  const seen = new Set<string>();
  /**
   * @param within path of the folder, with a separator after it
   * @param real the same without symbolic links
   */
  const visit = async (within: string, real: string): Promise<void> => {
    if (seen.has(real)) return;
    seen.add(real);
    // An organization has a folder for each account, region and day.
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
      // Only links need a second look, and entries of file systems that do not tell the type.
      const isKnown = entry.isFile() || entry.isDirectory();
      const kind = isKnown ? entry : statOf(within + name);
      if (kind === undefined) unreadable.push(within + name);
      else if (kind.isDirectory())
        found.push({ name: name + sep, real: isKnown ? join(real, name) : realPathOf(within + name) });
      // Also a FIFO or a device: opening it says what is wrong, and its name whether it matters.
      else if (LOG_NAME.test(name)) found.push({ name, real: null });
    }
    // With the separators, this is also the order of all paths.
    for (const entry of found.sort((a, b) => compareText(a.name, b.name))) {
      if (entry.real === null) files.push(within + entry.name);
      else await visit(within + entry.name, entry.real);
    }
  };
  await visit(join(root, sep), realPathOf(root));
  if (files.length === 0) {
    throw new TrailError(
      `No CloudTrail log file (*.json.gz, *.json) below ${root}. Copy them with: aws s3 sync s3://BUCKET/AWSLogs/ ${root}`,
    );
  }
  return { files, unreadable };
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
