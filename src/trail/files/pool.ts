import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { keepHeapSmallWithThreads } from '../../heap.js';
import type { CollectorPart } from './collect.js';
import { FileQueue } from './file-queue.js';
import { CountingReader, type Read, type ReadTask } from './counting-reader.js';
import type { Failed } from './read-file.js';
import type { Paths } from './paths.js';
import type { Duplicates, FromWorker, ToWorker, WorkerStart } from './worker.js';

/** A thread that died (out of memory, say), and with it all that it had counted. */
export class ReaderDied extends Error {
  override name = 'ReaderDied';

  /** @param file number of the file that it read; absent where it had read all of its files */
  constructor(
    readonly file: number | undefined,
    readonly reason: string,
  ) {
    super(`the reading thread stopped: ${reason}`);
  }
}

/** Takes what one reader has read. */
export interface Results {
  /**
   * To be called in the order in which files were read.
   * @param file its number
   * @returns numbers of the duplicates among the events of the file, ascending; none for a file that was not read
   */
  file(file: number, result: Read | Failed): Duplicates;
  /** What it counted in all of its files. */
  part(counted: CollectorPart): void;
}

/** How many threads read, of those that are asked for. */
export const readersFor = (threads: number): number => Math.max(1, Math.min(threads, availableParallelism()));

/**
 * Reads and counts files in threads; a single file in this thread.
 * @param paths of files by their numbers
 * @param blocks numbers of those to read
 * @throws ReaderDied
 */
export async function readFiles(
  paths: Paths,
  blocks: readonly Uint32Array[],
  threads: number,
  task: ReadTask,
  resultsOf: () => Results,
): Promise<void> {
  const size = blocks.reduce((sum, { length }) => sum + length, 0);
  if (size === 0) return;
  if (size < 2) {
    const reader = new CountingReader(task);
    const results = resultsOf();
    for (const file of blocks.flatMap((block) => [...block])) {
      const result = reader.read(paths.at(file));
      const duplicates = results.file(file, result);
      if (result.ok) reader.count(duplicates);
    }
    results.part(reader.finish());
    return;
  }
  const lanes = Math.min(readersFor(threads), size);
  const queue = new FileQueue(blocks, lanes);
  const readers = Array.from({ length: lanes }, () => new Reader(paths, task));
  const oneAtATime = pLimit(1);
  try {
    await Promise.all(
      readers.map(async (reader, number) => {
        const results = resultsOf();
        await reader.read(() => queue.take(number), results);
        await oneAtATime(() => reader.finish(results));
      }),
    );
  } finally {
    await Promise.all(readers.map((reader) => reader.stop()));
  }
}

/** Reads in a thread of its own. */
class Reader {
  readonly #paths: Paths;
  readonly #worker: Worker;
  readonly #begun: WorkerStart['begun'] = new Int32Array(new SharedArrayBuffer(4));
  /** Rejected with ReaderDied. */
  readonly #death: Promise<never>;
  /** Files that are with the thread, in order, and how many it had before. */
  readonly #waiting: number[] = [];
  #done = 0;

  constructor(paths: Paths, task: ReadTask) {
    this.#paths = paths;
    const start: WorkerStart = { task, begun: this.#begun };
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: start,
      // Reading makes few objects, which are of use until their file is counted: collecting them often costs less than memory for more.
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    });
    this.#worker.once('online', keepHeapSmallWithThreads);
    this.#death = new Promise((_, reject) => {
      const died = (reason: string): void => {
        reject(new ReaderDied(this.#waiting[(this.#begun[0] ?? 0) - this.#done - 1], reason));
      };
      this.#worker.on('error', (error: Error) => {
        died(error.message);
      });
      this.#worker.on('exit', () => {
        died('the reading thread ended');
      });
    });
    // It ends by itself, too, when nobody waits for it any more.
    this.#death.catch(() => undefined);
  }

  /** Has files read. @param next gives another one until there are no more */
  async read(next: () => number | undefined, results: Results): Promise<void> {
    let most = FEWEST_AHEAD;
    const send = (duplicates: readonly Duplicates[]): void => {
      const files: string[] = [];
      while (this.#waiting.length < most) {
        const file = next();
        if (file === undefined) break;
        this.#waiting.push(file);
        files.push(this.#paths.at(file));
      }
      this.#send({ duplicates, files });
    };
    send([]);
    if (this.#waiting.length === 0) return;
    await this.#hear((message) => {
      if ('tables' in message) return true;
      const duplicates: Duplicates[] = [];
      let records = 0;
      for (const result of message) {
        const its = results.file(this.#waiting.shift() ?? -1, result);
        this.#done += 1;
        if (!result.ok) continue;
        duplicates.push(its);
        records += result.records;
      }
      most = filesAhead(message.length, records);
      send(duplicates);
      return this.#waiting.length === 0;
    });
  }

  /** Takes over what the thread counted, and ends it: with what it holds, each would take its memory twice. */
  async finish(results: Results): Promise<void> {
    this.#send('finish');
    await this.#hear((message) => {
      if (!('tables' in message)) return false;
      results.part(message);
      return true;
    });
    await this.stop();
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** @param take is told everything until it returns that this was all */
  #hear(take: (message: FromWorker) => boolean): Promise<void> {
    const worker = this.#worker;
    const all = new Promise<void>((resolve, reject) => {
      const listen = (message: FromWorker): void => {
        try {
          if (!take(message)) return;
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        worker.off('message', listen);
      };
      worker.on('message', listen);
    });
    return Promise.race([all, this.#death]);
  }
}

/** So many files are with a thread at a time at least, so that it need not wait for this one to have another. */
const FEWEST_AHEAD = 4;
/** Small ones are more, up to so many records: telling of files takes time too. */
const RECORDS_AHEAD = 4000;
const MOST_AHEAD = 64;

const filesAhead = (files: number, records: number): number =>
  Math.max(FEWEST_AHEAD, Math.min(MOST_AHEAD, Math.floor((RECORDS_AHEAD * files) / Math.max(1, records))));
