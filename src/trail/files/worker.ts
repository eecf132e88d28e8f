import { parentPort, workerData } from 'node:worker_threads';
import { CountingReader, type ReadTask } from './counting-reader.js';

const reader = new CountingReader(workerData as ReadTask);

/** A path is to be read, numbers are the duplicates of the file that was read first; null is the end. */
export type ToWorker = string | Int32Array<ArrayBuffer> | null;

parentPort?.on('message', (message: ToWorker) => {
  if (message instanceof Int32Array) {
    reader.count(message);
    return;
  }
  // Columns are copied, not handed over: where one buffer was ever detached, V8 looks at every access whether its own is.
  parentPort?.postMessage(message === null ? reader.finish() : reader.read(message));
});
