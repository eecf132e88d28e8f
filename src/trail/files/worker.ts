import { parentPort } from 'node:worker_threads';
import { FileReader } from './read-file.js';

const reader = new FileReader();

parentPort?.on('message', (path: string) => {
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
