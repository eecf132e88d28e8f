import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CollectorPart } from './collect.js';
import { CountingReader, type Read, type ReadTask } from './counting-reader.js';
import type { Failed } from './read-file.js';
import type { ToWorker } from './worker.js';

/** A thread that died (out of memory, say), and with it all that it had counted. */
export class ReaderDied extends Error {
  override name = 'ReaderDied';

  /** @param path of the file that it read; absent where it had read all of its files */
  constructor(
    readonly path: string | undefined,
    readonly reason: string,
  ) {
    super(`the reading thread stopped: ${reason}`);
  }
}

/** Takes what one reader has read. */
export interface Results {
  /**
   * To be called in the order in which files were read.
   * @returns numbers of the duplicates among the events of the file, ascending; none for a file that was not read
   */
  file(result: Read | Failed): Int32Array<ArrayBuffer>;
  /** What it counted in all of its files. */
  part(counted: CollectorPart): void;
}

/**
 * Reads and counts files in threads. Run from source, where Node cannot load a TypeScript worker, everything happens in this
 * thread.
 * @throws ReaderDied
 */
export async function readFiles(
  paths: readonly string[],
  threads: number,
  task: ReadTask,
  resultsOf: () => Results,
): Promise<void> {
  if (paths.length === 0) return;
  if (import.meta.url.endsWith('.ts') || paths.length < 2) {
    const reader = new CountingReader(task);
    const results = resultsOf();
    for (const path of paths) {
      const result = reader.read(path);
      const duplicates = results.file(result);
      if (result.ok) reader.count(duplicates);
    }
    results.part(reader.finish());
    return;
  }
  const queue = paths.values();
  const lanes = Math.max(1, Math.min(threads, availableParallelism(), paths.length));
  const workers = Array.from({ length: lanes }, () => startWorker(task));
  try {
    await Promise.all(workers.map((worker) => readLane(worker, queue, resultsOf())));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function startWorker(task: ReadTask): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), {
    workerData: task,
    // Reading makes few objects, which are of use until their file is counted: collecting them often costs less than memory for more.
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });
}

/** So many files are with a thread at a time: it need not wait for this one to have another. */
const AHEAD = 4;

/** Has the files of a queue, which others take from too, read in a thread of its own. */
function readLane(worker: Worker, queue: IterableIterator<string>, results: Results): Promise<void> {
  return new Promise((resolve, reject) => {
    /** Files that are with the thread, in order. */
    const waiting: string[] = [];
    const send = (message: ToWorker): void => {
      worker.postMessage(message);
    };
    const next = (): void => {
      while (waiting.length < AHEAD) {
        const path = queue.next();
        if (path.done === true) break;
        waiting.push(path.value);
        send(path.value);
      }
      if (waiting.length === 0) send(null);
    };
    worker.on('message', (message: Read | Failed | CollectorPart) => {
      try {
        if ('ok' in message) {
          waiting.shift();
          const duplicates = results.file(message);
          if (message.ok) send(duplicates);
          next();
        } else {
          results.part(message);
          resolve();
        }
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    worker.on('error', (error: Error) => {
      reject(new ReaderDied(waiting[0], error.message));
    });
    worker.on('exit', () => {
      reject(new ReaderDied(waiting[0], 'the reading thread ended'));
    });
    next();
  });
}
