// Helpers of several benchmarks.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @returns a function that gives integers from 0 to below its argument, the same in each run */
export function randomNumbers() {
  let seed = 42;
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

/** Paths of all files in a folder, recursively. */
export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

export const bytesOf = (files) => files.reduce((sum, file) => sum + statSync(file).size, 0);
