import { parentPort, workerData } from 'node:worker_threads';
import type { Scope } from './digest.js';
import { readLogFile } from './read-file.js';

const scope = workerData as Scope;

parentPort?.on('message', (path: string) => {
  const result = readLogFile(path, scope);
  const transfer = result.ok
    ? [result.digest.group.buffer, result.digest.time.buffer, result.digest.identity.buffer]
    : [];
  parentPort?.postMessage(result, transfer as ArrayBuffer[]);
});
