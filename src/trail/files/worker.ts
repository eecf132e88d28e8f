import { parentPort, workerData } from 'node:worker_threads';
import { FileReader, type CachePlace } from './read-file.js';

const reader = new FileReader(workerData as CachePlace | null);

/** A path is to be read; null is the end, and is answered. */
parentPort?.on('message', (path: string | null) => {
  if (path === null) {
    reader.finish();
    parentPort?.postMessage(null);
    return;
  }
  // Columns are copied, not handed over: where one buffer was ever detached, V8 looks at every access whether its own is.
  parentPort?.postMessage(reader.read(path));
});
