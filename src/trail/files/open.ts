import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { LOOKBACK_HOURS } from '../sessions.js';
import { hoursBefore } from '../time.js';
import type { TrailRequest, TrailSource } from '../types.js';
import { answersPath, readAnswers, writeAnswers, type Answers } from './answers.js';
import { codeVersion } from './cache-file.js';
import { removeLeftovers } from './cache-leftovers.js';
import type { Scope } from './collect.js';
import { listLogFiles, type Listing } from './list.js';
import { lookAtLogs, type LogFolder } from './logs.js';
import type { ReadAll, Reading } from './read-all.js';

/**
 * The embedded engine: reads every file of a folder once, for all questions, and only new ones where a cache knows the others.
 * @param cache folder for what was read, for later runs; none without it. The answers are the same with and without
 * @param logs of the folder, where it has been looked at already
 * @throws TrailError when the folder is missing or holds no log file
 */
export async function openFilesTrail(
  { path: root }: { readonly path: string },
  request: TrailRequest,
  cache?: string,
  logs?: LogFolder,
): Promise<TrailSource> {
  const { period, accountIds } = request;
  const scope = { ...period, lookback: hoursBefore(period.start, LOOKBACK_HOURS), accountIds };
  const answers =
    cache === undefined
      ? await readWithoutCache(root, logs?.listing, scope, request)
      : await readWithCache(logs ?? (await lookAtLogs(root, request.onProgress)), scope, request, cache);
  return {
    coverage: () => Promise.resolve(answers.coverage),
    activity: () => stream(answers.activity()),
    assumptions: () => stream(answers.assumptions),
    people: () => stream(answers.people()),
    resources: () => stream(answers.resources()),
    weeks: () => stream(answers.weeks()),
    notes: () => ({ ...answers.notes, logFiles: answers.logFiles }),
    close: () => Promise.resolve(),
  };
}

/** To load what reads takes a tenth of the time of a run whose answers are all known. */
async function readAll(task: Reading): Promise<ReadAll> {
  const reading = await import('./read-all.js');
  return await reading.readAll(task);
}

async function readWithoutCache(
  root: string,
  known: Listing | undefined,
  scope: Scope,
  request: TrailRequest,
): Promise<Answers> {
  const listing = known ?? (await listLogFiles(root, request.onProgress));
  return (await readAll({ root, listing, scope, request, cache: null })).answers;
}

async function readWithCache(
  { root, listing, stamps }: LogFolder,
  scope: Scope,
  request: TrailRequest,
  cache: string,
): Promise<Answers> {
  removeLeftovers(cache);
  // Of its own for each folder of logs.
  const folder = join(cache, createHash('sha256').update(root).digest('hex').slice(0, 16));
  const version = codeVersion();
  const logs = { root, files: listing.files };
  const path = answersPath(folder, version, root, stamps, scope);
  const known = readAnswers(path, logs);
  if (known !== undefined) return known;
  const { answers, whole } = await readAll({
    root,
    listing,
    scope,
    request,
    cache: { place: { folder, version }, stamps },
  });
  try {
    // A file that could not be read may be readable the next time, though nothing about it tells.
    if (whole) return writeAnswers(path, answers, logs);
  } catch {
    request.onProgress?.(`the cache ${cache} cannot be written`);
  }
  return answers;
}

/** What an asynchronous generator does, in two thirds of its time. */
const stream = <T>(items: Iterable<T>): AsyncIterable<T> => ({
  [Symbol.asyncIterator]: () => {
    const iterator = items[Symbol.iterator]();
    return { next: () => Promise.resolve(iterator.next()) };
  },
});
