// Writes the log files of the benchmark to a folder, with one thread per core: node bench/files/generate.mjs FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { logFile } from './records.mjs';

function write({ folder, files, records, from, step }) {
  for (let file = from; file < files; file += step) {
    const { path, contents } = logFile(file, files, records);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), gzipSync(contents));
  }
}

/**
 * @param {string} folder
 * @param {number} files number of files, spread over 92 days
 * @param {number} records in each file
 */
export async function generate(folder, files, records) {
  const step = availableParallelism();
  await Promise.all(
    Array.from(
      { length: step },
      (_, from) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), {
            workerData: { folder, files, records, from, step },
          });
          worker.on('error', reject);
          worker.on('exit', resolve);
        }),
    ),
  );
}

if (!isMainThread) write(workerData);
