import { createHash } from 'node:crypto';
import { compareText } from '../../../base/compare.js';
import { TrailError } from '../../errors.js';
import type { LogStore } from '../store/store.js';

export interface Listing {
  /** Names of log files in the store, sorted. */
  readonly files: readonly string[];
  readonly unreadable: readonly string[];
  /** Changes whenever a log file is added, removed or written. */
  readonly fingerprint: string;
}

export type OnProgress = (message: string) => void;

/** Files between two progress messages. */
const PROGRESS = 20_000;

const LOG_NAME = /\.(json|jsonl|ndjson)(\.gz)?$/i;

/**
 * Lists all log files of a store.
 * @param onProgress called from time to time with the number of files found
 * @throws TrailError if the store does not exist or has no log files
 */
export async function listLogFiles(store: LogStore, onProgress: OnProgress | undefined): Promise<Listing> {
  const files: string[] = [];
  const unreadable: string[] = [];
  const hash = createHash('sha256').update(JSON.stringify(store.location));
  let progress = PROGRESS;
  for await (const page of store.list()) {
    const found = page.files.filter(({ name }) => LOG_NAME.test(name));
    hash.update(JSON.stringify([found, page.unreadable]));
    for (const { name } of found) files.push(name);
    unreadable.push(...page.unreadable);
    if (files.length < progress) continue;
    onProgress?.(`found ${files.length} log files`);
    progress += PROGRESS;
  }
  if (files.length === 0) {
    const place = store.describe();
    throw new TrailError(
      `No CloudTrail log file (*.json.gz, *.json) below ${place}. Copy them with: aws s3 sync s3://BUCKET/AWSLogs/ ${place}`,
    );
  }
  return { files: files.sort(compareText), unreadable, fingerprint: hash.digest('hex') };
}
