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
  await Promise.all(
    Array.from({ length: lanes }, (_, reader) =>
      readLane(queue, cache, (result) => {
        onResult(result, reader);
      }),
    ),
  );
}

/** So many files are with a thread at a time: it need not wait for this one to have another. */
const AHEAD = 2;

/** Has the files of a queue, which others take from too, read in a thread of its own. */
function readLane(
  queue: IterableIterator<string>,
  cache: CachePlace | null,
  onResult: (result: FileResult) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    /** Files that are with the thread, in order. */
    const waiting: string[] = [];
    const next = (worker: Worker): void => {
      while (waiting.length < AHEAD) {
        const path = queue.next();
        if (path.done === true) break;
        waiting.push(path.value);
        worker.postMessage(path.value);
      }
      if (waiting.length === 0) worker.postMessage(null);
    };
    const start = (): void => {
      const worker = new Worker(new URL('./worker.js', import.meta.url), {
        workerData: cache,
        // Reading makes few objects, but a buffer for each file. Small collections, which come often where this is small, free
        // those before V8 counts 64 MB of them and looks at everything.
        resourceLimits: { maxYoungGenerationSizeMb: 2 },
      });
      let isOver = false;
      const end = (after: () => void): void => {
        if (isOver) return;
        isOver = true;
        worker.terminate().then(after, reject);
      };
      const stopped = (reason: string): void => {
        end(() => {
          const path = waiting.shift();
          // A thread that dies while it writes its part of the cache costs that only.
          if (path === undefined) {
            resolve();
            return;
          }
          onResult({ path, ok: false, reason });
          start();
        });
      };
      worker.on('message', (result: FileResult | null) => {
        if (result === null) {
          end(resolve);
          return;
        }
        waiting.shift();
        try {
          onResult(result);
          next(worker);
        } catch (error) {
          end(() => {
            reject(error instanceof Error ? error : new Error(String(error)));
          });
        }
      });
      worker.on('error', (error: Error) => {
        stopped(error.message);
      });
      worker.on('exit', () => {
        stopped('the reading thread stopped');
      });
      for (const path of waiting) worker.postMessage(path);
      next(worker);
    };
    start();
  });
}
