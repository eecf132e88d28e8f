import { parentPort, workerData } from 'node:worker_threads';
import type { Result } from '../../../base/result.js';
import type { PartialCounts, ReadWindow } from '../count/collector.js';
import { CountingReader, type ReadFile } from './counting-reader.js';
import type { FailedFile } from '../../log-files/read.js';
import { transferList } from '../count/answer-tables.js';
import { openStore } from '../../log-files/open-store.js';
import type { StoreLocation } from '../../log-files/store.js';
import { intAt } from '../collections/checked.js';

export interface WorkerStart {
  readonly store: StoreLocation;
  readonly scope: ReadWindow;
  /** Incremented before each file: a crashed thread cannot report its file. */
  readonly begun: Int32Array<SharedArrayBuffer>;
}

/** Indexes among the candidates of a file, ascending. */
export type Duplicates = Int32Array<ArrayBuffer>;

export interface MoreFiles {
  /** Duplicates of the files read first. */
  readonly duplicates: readonly Duplicates[];
  readonly files: readonly string[];
}

/** `finish` if there are no more files. */
export type ToWorker = MoreFiles | 'finish';

/** Files in the order in which they were sent, or all counts. */
export type FromWorker = readonly Result<ReadFile, FailedFile>[] | PartialCounts;

/** Maximum number of results in a message: each message costs as much as reading some records. */
const MOST_FILES = 16;
const MOST_RECORDS = 500;
/** Records that may wait for their duplicates before reading pauses. */
const MOST_WAITING = 16_000;

const { store, scope, begun } = workerData as WorkerStart;
const reader = new CountingReader(openStore(store), scope);
const queue: string[] = [];
let isReading = false;

parentPort?.on('message', (message: ToWorker) => {
  if (message === 'finish') {
    const part = reader.finish();
    parentPort?.postMessage(part, transferList(part.tables));
    return;
  }
  for (const its of message.duplicates) reader.count(its);
  queue.push(...message.files);
  readLater();
});

/** Between files, so that duplicates are counted meanwhile. */
function readLater(): void {
  if (isReading || queue.length === 0 || reader.waiting > MOST_WAITING) return;
  isReading = true;
  setImmediate(() => {
    void readSome().then(() => {
      isReading = false;
      readLater();
    });
  });
}

async function readSome(): Promise<void> {
  const results: Result<ReadFile, FailedFile>[] = [];
  let records = 0;
  while (results.length < MOST_FILES && records < MOST_RECORDS) {
    const path = queue.shift();
    if (path === undefined) break;
    begun[0] = intAt(begun, 0) + 1;
    const result = await reader.read(path);
    results.push(result);
    if (result.ok) records += result.value.records;
  }
  // Columns are copied, not transferred: after any buffer was detached, V8 checks every access to every typed
  // array.
  const message: FromWorker = results;
  parentPort?.postMessage(message);
}
