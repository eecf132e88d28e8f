import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Scope } from './digest.js';
import { readLogFile, type FileResult } from './read-file.js';

/**
 * Reads files in threads and hands over each result as it comes. A thread that dies (out of memory, say) costs its file.
 * Run from source, where Node cannot load a TypeScript worker, everything happens in this thread.
 */
export async function readFiles(
  paths: readonly string[],
  scope: Scope,
  threads: number,
  onResult: (result: FileResult) => void,
): Promise<void> {
  if (import.meta.url.endsWith('.ts') || paths.length < 2) {
    for (const path of paths) onResult(readLogFile(path, scope));
    return;
  }
  const queue = paths.values();
  const lanes = Math.max(1, Math.min(threads, availableParallelism(), paths.length));
  const lane = async (): Promise<void> => {
    let worker = startWorker(scope);
    for (const path of queue) {
      let result: FileResult;
      try {
        result = await ask(worker, path);
      } catch (error) {
        result = { path, ok: false, reason: error instanceof Error ? error.message : String(error) };
        await worker.terminate();
        worker = startWorker(scope);
      }
      onResult(result);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

const startWorker = (scope: Scope): Worker =>
  new Worker(new URL('./worker.js', import.meta.url), { workerData: scope });

function ask(worker: Worker, path: string): Promise<FileResult> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    const onMessage = (result: FileResult): void => {
      stop();
      resolve(result);
    };
    const onError = (error: Error): void => {
      stop();
      reject(error);
    };
    const onExit = (): void => {
      stop();
      reject(new Error('the reading thread stopped'));
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage(path);
  });
}
