import { parentPort, workerData } from 'node:worker_threads';
import { CountingReader, type ReadTask } from './counting-reader.js';
import { buffersOf } from './tables.js';

const reader = new CountingReader(workerData as ReadTask);

/** A path is to be read, numbers are the duplicates of the file that was read first; null is the end. */
export type ToWorker = string | Int32Array<ArrayBuffer> | null;

parentPort?.on('message', (message: ToWorker) => {
  if (message instanceof Int32Array) {
    reader.count(message);
    return;
  }
  if (message === null) {
    const part = reader.finish();
    parentPort?.postMessage(part, buffersOf(part.tables));
    return;
  }
  // Columns are copied, not handed over: where one buffer was ever detached, V8 looks at every access whether its own is.
  parentPort?.postMessage(reader.read(message));
});
