import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { increment } from '../base/maps.js';
import { readContents } from '../trail/log-files/read.js';
import { object } from '../trail/log-files/record.js';
import { extensionOf } from '../trail/log-files/log-name.js';
import { isInsight } from '../trail/rules.js';
import type { LogStore } from '../trail/log-files/store.js';
import { documentOf, type Document } from './document.js';
import type { StoreRequest } from './store-request.js';

/** Totals so far: files, lines and records. */
export interface ReadTotals {
  files: number;
  events: number;
  /** Insights events, which describe other events. */
  insights: number;
  /** Records of AWS that are not API calls. */
  otherRecords: number;
  /** Files that are not log files, by extension. */
  readonly skipped: Map<string, number>;
  readonly failed: { readonly path: string; readonly reason: string }[];
  /** Files with lines or records that could not be understood. */
  readonly damaged: { readonly path: string; readonly reason: string }[];
}

export const newTotals = (): ReadTotals => ({
  files: 0,
  events: 0,
  insights: 0,
  otherRecords: 0,
  skipped: new Map(),
  failed: [],
  damaged: [],
});

export interface FileToRead {
  readonly store: LogStore;
  readonly name: string;
}

/** Events between two turns of the event loop. */
const EVENTS_PER_TURN = 1000;

/** Yields the documents of all files, with one file in memory at a time; ends early on abort. */
export async function* readLogs(
  files: Iterable<FileToRead>,
  totals: ReadTotals,
  signal: AbortSignal,
  onProgress: () => void,
  storeRequest?: StoreRequest,
): AsyncGenerator<Document> {
  const isStopped = (): boolean => signal.aborted;
  for (const { store, name } of files) {
    const path = store.describe(name);
    // Parsing is synchronous: a turn of the event loop handles answers and signals.
    await setImmediate();
    if (isStopped()) return;
    const read = await readContents(store, name);
    if (read.ok) {
      const { problem, counts } = read.value;
      if (problem !== null) totals.damaged.push({ path, reason: problem });
      totals.otherRecords += (counts.aggregatedRecords ?? 0) + (counts.notificationRecords ?? 0);
      const fileName = basename(path);
      for (const [position, record] of read.value.records.entries()) {
        const document = documentOf(record, { fileName, position }, storeRequest);
        if (document === null) {
          totals.otherRecords += 1;
          continue;
        }
        totals.events += 1;
        const { eventCategory, eventType } = object(record);
        if (isInsight(eventCategory, eventType)) totals.insights += 1;
        yield document;
        if (totals.events % EVENTS_PER_TURN !== 0) continue;
        onProgress();
        await setImmediate();
        if (isStopped()) return;
      }
    } else if (read.error.isOther === true) {
      increment(totals.skipped, extensionOf(name));
    } else {
      totals.failed.push({ path, reason: read.error.reason });
    }
    totals.files += 1;
    onProgress();
  }
}
