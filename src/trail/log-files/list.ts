import { createHash } from 'node:crypto';
import { compareText } from '../../base/compare.js';
import { increment } from '../../base/maps.js';
import { TrailError } from '../errors.js';
import type { LogStore } from './store.js';
import { extensionOf, kindOfName, type ExtensionCounts } from './log-name.js';
import { FILE_PROGRESS, LOG_FOLDER_ERRORS } from '../../wording/log-files.js';

export interface Listing {
  /** Names of log files in the store, sorted. */
  readonly files: readonly string[];
  readonly unreadable: readonly string[];
  /** Log files by their names, in formats that are not read. */
  readonly otherFormats: readonly string[];
  /** Files whose names are not those of log files. */
  readonly skipped: ExtensionCounts;
  /** Changes whenever a log file is added, removed or written. */
  readonly fingerprint: string;
}

export type OnProgress = (message: string) => void;

/** Files between two progress messages. */
const PROGRESS = 20_000;

/**
 * Lists all log files of a store.
 * @param onProgress called from time to time with the number of files found
 * @throws TrailError if the store does not exist or has no log files
 */
export async function listLogFiles(store: LogStore, onProgress: OnProgress | undefined): Promise<Listing> {
  const files: string[] = [];
  const unreadable: string[] = [];
  const otherFormats: string[] = [];
  const skipped = new Map<string, number>();
  const hash = createHash('sha256').update(JSON.stringify(store.location));
  let progress = PROGRESS;
  for await (const page of store.list()) {
    const found = page.files.filter(({ name, size }) => {
      const kind = kindOfName(name);
      // A FIFO and a device have no size.
      if (kind === 'other' && size > 0) increment(skipped, extensionOf(name));
      if (kind === 'unreadable') otherFormats.push(name);
      return kind === 'log' || kind === 'maybe';
    });
    hash.update(JSON.stringify([found, page.unreadable]));
    for (const { name } of found) files.push(name);
    unreadable.push(...page.unreadable);
    if (files.length < progress) continue;
    onProgress?.(FILE_PROGRESS.found(files.length));
    progress += PROGRESS;
  }
  if (files.length === 0) {
    for (const name of otherFormats) increment(skipped, extensionOf(name));
    throw new TrailError(LOG_FOLDER_ERRORS.noLogFiles(store.describe(), skipped));
  }
  hash.update(JSON.stringify([[...skipped], otherFormats]));
  return {
    files: files.sort(compareText),
    unreadable,
    otherFormats,
    skipped,
    fingerprint: hash.digest('hex'),
  };
}
