import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Result } from '../../../base/result.js';
import pLimit from 'p-limit';
import { endThreadLimits, limitThreads } from '../../../heap.js';
import { BLOCK } from './delivery-order.js';
import type { PartialCounts, ReadWindow } from '../count/collector.js';
import { CountingReader, type ReadFile } from './counting-reader.js';
import type { FailedFile } from '../../log-files/read.js';
import type { LogStore } from '../../log-files/store.js';
import { FileQueue } from './file-queue.js';
import type { Duplicates, FromWorker, ToWorker, WorkerStart } from './reader-worker.js';
import { at } from '../../../base/checked.js';
import { FILE_REASONS } from '../../../wording/log-files.js';

/** A thread crashed (for example, out of memory), and its counts are lost. */
export class WorkerCrashedError extends Error {
  override name = 'WorkerCrashedError';

  /** @param file index of the file that it was reading; absent if it had read all of its files */
  constructor(
    readonly file: number | undefined,
    readonly reason: string,
  ) {
    super(FILE_REASONS.crashed(reason));
  }
}

/** Receives the results of one reader. */
export interface ReaderResults {
  /**
   * Call it in the order in which files were read.
   * @param file index of the file
   * @returns indexes of the duplicates among its candidates, ascending
   */
  file(file: number, result: Result<ReadFile, FailedFile>): Duplicates;
  /** Counts of all files of the reader. */
  part(counted: PartialCounts): void;
}

/**
 * Reads and counts files in threads; a single file in this thread.
 * @param paths names of files, by index
 * @param order indexes of the files to read
 * @throws WorkerCrashedError
 */
export async function readFiles(
  store: LogStore,
  paths: readonly string[],
  order: Uint32Array,
  threads: number,
  scope: ReadWindow,
  resultsOf: () => ReaderResults,
): Promise<void> {
  if (order.length === 0) return;
  if (order.length === 1) {
    const reader = new CountingReader(store, scope);
    const results = resultsOf();
    for (const file of order) {
      const result = await reader.read(at(paths, file));
      const duplicates = results.file(file, result);
      if (result.ok) reader.count(duplicates);
    }
    results.part(reader.finish());
    return;
  }
  const count = Math.max(1, Math.min(threads, availableParallelism(), order.length));
  limitThreads();
  const readers = Array.from({ length: count }, () => new Reader(store, paths, scope));
  const queue = new FileQueue(order, BLOCK);
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
    endThreadLimits();
  }
}

/** A reader thread. */
class Reader {
  readonly #paths: readonly string[];
  readonly #worker: Worker;
  readonly #begun: WorkerStart['begun'] = new Int32Array(new SharedArrayBuffer(4));
  /** Rejected with WorkerCrashedError. */
  readonly #death: Promise<never>;
  /** Files sent to the thread, in order, and their number before these. */
  readonly #waiting: number[] = [];
  #done = 0;

  constructor(store: LogStore, paths: readonly string[], scope: ReadWindow) {
    this.#paths = paths;
    const start: WorkerStart = { store: store.location, scope, begun: this.#begun };
    this.#worker = new Worker(new URL('./reader-worker.js', import.meta.url), {
      workerData: start,
      // Objects of a file are garbage after counting. Frequent small collections cost less than a larger young
      // generation.
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    });
    this.#worker.once('online', limitThreads);
    this.#death = new Promise((_, reject) => {
      const died = (reason: string): void => {
        reject(new WorkerCrashedError(this.#waiting[at(this.#begun, 0) - this.#done - 1], reason));
      };
      this.#worker.on('error', (error: Error) => {
        died(error.message);
      });
      this.#worker.on('exit', () => {
        died(FILE_REASONS.threadEnded);
      });
    });
    // A thread that is no longer awaited ends too.
    this.#death.catch(() => undefined);
  }

  /** @param next returns the next file, or undefined */
  async read(next: () => number | undefined, results: ReaderResults): Promise<void> {
    let most = FEWEST_AHEAD;
    const send = (duplicates: readonly Duplicates[]): void => {
      const files: string[] = [];
      while (this.#waiting.length < most) {
        const file = next();
        if (file === undefined) break;
        this.#waiting.push(file);
        files.push(at(this.#paths, file));
      }
      this.#worker.postMessage({ duplicates, files } satisfies ToWorker);
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
        records += result.value.records;
      }
      most = filesAhead(message.length, records);
      send(duplicates);
      return this.#waiting.length === 0;
    });
  }

  /** Takes the counts after the thread has ended: two copies at once would double the peak memory. */
  async finish(results: ReaderResults): Promise<void> {
    this.#worker.postMessage('finish' satisfies ToWorker);
    const counted: PartialCounts[] = [];
    await this.#hear((message) => {
      if (!('tables' in message)) return false;
      counted.push(message);
      return true;
    });
    await this.stop();
    for (const part of counted) results.part(part);
  }

  stop(): Promise<unknown> {
    return this.#worker.terminate();
  }

  /** @param take receives each message until it returns true */
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

/** Minimum number of files sent ahead, so that a thread never waits for this one. */
const FEWEST_AHEAD = 4;
/** Small files are sent together, up to this many records: each message costs as much as reading some records. */
const RECORDS_AHEAD = 4000;
const MOST_AHEAD = 64;

const filesAhead = (files: number, records: number): number =>
  Math.max(FEWEST_AHEAD, Math.min(MOST_AHEAD, Math.floor((RECORDS_AHEAD * files) / Math.max(1, records))));
