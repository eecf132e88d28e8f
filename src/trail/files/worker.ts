import { parentPort, workerData } from 'node:worker_threads';
import { FileReader, type CachePlace, type ReadFile } from './read-file.js';

const reader = new FileReader(workerData as CachePlace | null);

/** A path is to be read; null is the end, and is answered. */
parentPort?.on('message', (path: string | null) => {
  if (path === null) {
    reader.finish();
    parentPort?.postMessage(null);
    return;
  }
  const result = reader.read(path);
  const transfer = result.ok ? buffersOf(result) : [];
  parentPort?.postMessage(result, transfer);
});

/** They are handed over, not copied. */
function buffersOf({ dictionary, digest }: ReadFile): ArrayBuffer[] {
  const { kind, session, resources, time, identity } = digest;
  const { bytes, ends } = dictionary.sessions;
  return [kind, session, resources, time, identity, bytes, ends, dictionary.kinds].map(
    ({ buffer }) => buffer,
  );
}
