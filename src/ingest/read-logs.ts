import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readContents } from '../trail/files/decode/file-reader.js';
import { object } from '../trail/files/decode/record.js';
import { isInsight } from '../trail/rules.js';
import type { LogStore } from '../trail/files/store/store.js';
import { documentOf, type Document } from './document.js';

/** What was read so far. Counts are of files, lines and records. */
export interface ReadTotals {
  files: number;
  events: number;
  /** Of the events: Insights events, which are about others. */
  insights: number;
  /** Of AWS, but about no call. */
  otherRecords: number;
  readonly failed: { readonly path: string; readonly reason: string }[];
  /** Files of which some lines or records are not understood. */
  readonly damaged: { readonly path: string; readonly reason: string }[];
}

export const newTotals = (): ReadTotals => ({
  files: 0,
  events: 0,
  insights: 0,
  otherRecords: 0,
  failed: [],
  damaged: [],
});

export interface FileToRead {
  readonly store: LogStore;
  readonly name: string;
}

/** Between two looks at whether to stop, and at what else there is to do. */
const EVENTS_PER_TURN = 1000;

/** The documents of all files, one file in memory at a time; ends early when the signal says so. */
export async function* readLogs(
  files: Iterable<FileToRead>,
  totals: ReadTotals,
  signal: AbortSignal,
  onProgress: () => void,
): AsyncGenerator<Document> {
  const isStopped = (): boolean => signal.aborted;
  for (const { store, name } of files) {
    const path = store.describe(name);
    // Reading is not asynchronous: a turn of the event loop lets answers and signals in.
    await setImmediate();
    if (isStopped()) return;
    const read = await readContents(store, name);
    if (read.ok) {
      const { problem, counts } = read.contents;
      if (problem !== null) totals.damaged.push({ path, reason: problem });
      totals.otherRecords += (counts.aggregatedRecords ?? 0) + (counts.notificationRecords ?? 0);
      const fileName = basename(path);
      for (const [position, record] of read.contents.records.entries()) {
        const document = documentOf(record, { fileName, position });
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
    } else {
      totals.failed.push({ path, reason: read.reason });
    }
    totals.files += 1;
    onProgress();
  }
}
