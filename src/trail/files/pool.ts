import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { FileReader, type CachePlace, type FileResult } from './read-file.js';

/**
 * Reads files in threads and hands over each result as it comes, with the number of the reader. A thread that dies (out of memory, say) costs its file.
 * Run from source, where Node cannot load a TypeScript worker, everything happens in this thread.
 */
export async function readFiles(
  paths: readonly string[],
  threads: number,
  cache: CachePlace | null,
  onResult: (result: FileResult, reader: number) => void,
): Promise<void> {
  if (import.meta.url.endsWith('.ts') || paths.length < 2) {
    const reader = new FileReader(cache);
    for (const path of paths) onResult(reader.read(path), 0);
    reader.finish();
    return;
  }
  const queue = paths.values();
  const lanes = Math.max(1, Math.min(threads, availableParallelism(), paths.length));
  const lane = async (reader: number): Promise<void> => {
    let worker = startWorker(cache);
    for (const path of queue) {
      let result: FileResult;
      try {
        result = await ask<FileResult>(worker, path);
      } catch (error) {
        result = { path, ok: false, reason: error instanceof Error ? error.message : String(error) };
        await worker.terminate();
        worker = startWorker(cache);
      }
      onResult(result, reader);
    }
    // A thread that dies while it writes its part of the cache costs that only.
    await ask<null>(worker, null).catch(() => undefined);
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: lanes }, (_, reader) => lane(reader)));
}

const startWorker = (cache: CachePlace | null): Worker =>
  new Worker(new URL('./worker.js', import.meta.url), { workerData: cache });

function ask<T>(worker: Worker, question: string | null): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    const onMessage = (result: T): void => {
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
    worker.postMessage(question);
  });
}
