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
  const result = reader.read(path);
  const transfer = result.ok
    ? [
        result.dictionary.kinds.buffer,
        result.digest.kind.buffer,
        result.digest.time.buffer,
        result.digest.identity.buffer,
      ]
    : [];
  parentPort?.postMessage(result, transfer);
});
