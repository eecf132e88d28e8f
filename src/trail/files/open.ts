import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FilesConfig } from '../../config/types.js';
import { TrailError } from '../errors.js';
import { LOOKBACK_HOURS } from '../sessions.js';
import { hoursBefore } from '../time.js';
import type { TrailRequest, TrailSource } from '../types.js';
import { answersPath, readAnswers, writeAnswers, type Answers } from './answers.js';
import { codeVersion } from './cache-file.js';
import { Collector, type Scope } from './collect.js';
import { siftedOf, type Sifted } from './counting-reader.js';
import { IdentitySet } from './identity-set.js';
import { Lane } from './lane.js';
import { listLogFiles, type Listing } from './list.js';
import { LogFiles } from './log-files.js';
import { notesOf, type DamagedFile, type FailedFile } from './notes.js';
import { Pace } from './pace.js';
import { usePacks, type Stamp } from './packs.js';
import { ReaderDied, readFiles } from './pool.js';
import { stampOf, type CachePlace } from './read-file.js';
import { assumptionRows, tableRows } from './rows.js';
import { whySkip } from './skip.js';

/**
 * The embedded engine: reads every file of a folder once, for all questions, and only new ones where a cache knows the others.
 * @param cache folder for what was read, for later runs; none without it. The answers are the same with and without
 * @throws TrailError when the folder is missing or holds no log file
 */
export async function openFilesTrail(
  config: FilesConfig,
  request: TrailRequest,
  cache?: string,
): Promise<TrailSource> {
  const listing = await listLogFiles(config.path);
  const { period, accountIds } = request;
  const scope = { ...period, lookback: hoursBefore(period.start, LOOKBACK_HOURS), accountIds };
  const answers =
    cache === undefined
      ? (await readAll({ root: config.path, listing, scope, request, cache: null, stamps: new Map() }))
          .answers
      : await readWithCache(config.path, listing, scope, request, cache);
  return {
    coverage: () => Promise.resolve(answers.coverage),
    activity: () => stream(answers.activity()),
    assumptions: () => stream(answers.assumptions),
    people: () => stream(answers.people()),
    resources: () => stream(answers.resources()),
    weeks: () => stream(answers.weeks()),
    notes: () => answers.notes,
    close: () => Promise.resolve(),
  };
}

async function readWithCache(
  root: string,
  listing: Listing,
  scope: Scope,
  request: TrailRequest,
  cache: string,
): Promise<Answers> {
  // Of its own for each folder of logs.
  const folder = join(cache, createHash('sha256').update(root).digest('hex').slice(0, 16));
  const place = { folder, version: codeVersion() };
  const stamps = stampsOf(listing.files);
  const path = answersPath(folder, place.version, stamps, scope);
  const known = readAnswers(path);
  if (known !== undefined) return known;
  const { answers, whole } = await readAll({ root, listing, scope, request, cache: place, stamps });
  try {
    // A file that could not be read may be readable the next time, though nothing about it tells.
    if (whole) return writeAnswers(path, answers);
  } catch {
    request.onProgress?.(`the cache ${cache} cannot be written`);
  }
  return answers;
}

interface Reading {
  readonly root: string;
  readonly listing: Listing;
  readonly scope: Scope;
  readonly request: TrailRequest;
  readonly cache: CachePlace | null;
  /** Of all files, where there is a cache. */
  readonly stamps: ReadonlyMap<string, Stamp>;
}

interface ReadAll {
  readonly answers: Answers;
  /** Whether every file could be read. */
  readonly whole: boolean;
}

/** More threads than this need not die of their files: then it is the machine. */
const MAX_DEATHS = 8;

/** A thread that dies takes with it what it had counted: all is read again, without the file that it died of. */
async function readAll(task: Reading): Promise<ReadAll> {
  const fatal: FailedFile[] = [];
  for (;;) {
    try {
      return await readOnce(task, fatal);
    } catch (error) {
      if (!(error instanceof ReaderDied)) throw error;
      if (error.path === undefined || fatal.length === MAX_DEATHS)
        throw new TrailError(
          `The log files below ${task.root} could not be read: ${error.message}. Give it more memory, or set concurrency to fewer threads.`,
        );
      fatal.push({ path: error.path, reason: error.reason });
    }
  }
}

/** @param fatal files that are not to be read */
async function readOnce(
  { root, listing, scope, request, cache, stamps }: Reading,
  fatal: readonly FailedFile[],
): Promise<ReadAll> {
  const { files, unreadable } = listing;
  const collector = new Collector(scope);
  const seen = new IdentitySet();
  const lost = new Set(fatal.map(({ path }) => path));
  const needed = new Set<string>();
  for (const path of files) {
    const why = whySkip(path, scope);
    if (why === null) needed.add(path);
    else collector.count(why);
  }
  const damaged: DamagedFile[] = [];
  const failed: FailedFile[] = [...unreadable.map((path) => ({ path, reason: 'cannot be read' })), ...fatal];
  const logFiles = new LogFiles(root);
  for (const { path } of failed) logFiles.failed(path);
  const pace = new Pace();
  let done = fatal.length;
  let events = 0;
  const finished = (): void => {
    done += 1;
    if (done % 20 === 0 || done === needed.size) request.onProgress?.(pace.text(done, needed.size, events));
  };
  /** @returns its duplicates */
  const add = (file: Sifted): Int32Array<ArrayBuffer> => {
    logFiles.read(file);
    if (file.damaged > 0) damaged.push({ path: file.path, lines: file.damaged });
    const duplicates = seen.duplicates(file.identity, file.time);
    events += file.time.length - duplicates.length;
    finished();
    return duplicates;
  };
  const cached =
    cache === null
      ? new Set<string>()
      : usePacks(cache.folder, cache.version, stamps, ({ dictionary, files: packed }) => {
          const wanted = packed.filter(({ path }) => needed.has(path));
          if (wanted.length === 0) return;
          const lane = new Lane(collector);
          lane.learn(dictionary);
          for (const file of wanted) {
            const candidates = lane.sift(file.digest);
            lane.count(file.digest, candidates, add(siftedOf(file, candidates)));
          }
          lane.finish();
        });
  const unread = [...needed].filter((path) => !cached.has(path) && !lost.has(path));
  await readFiles(
    unread,
    request.concurrency,
    { scope, cache },
    {
      file: (result) => {
        if (result.ok) return add(result);
        failed.push(result);
        logFiles.failed(result.path, result.source);
        finished();
        return NONE;
      },
      part: (counted) => {
        collector.merge(counted);
      },
    },
  );
  const { tables, malformed } = collector;
  const filesFailed = failed.length;
  const answers = {
    coverage: collector.coverage(scope.accountIds, scope),
    ...tableRows(tables),
    assumptions: assumptionRows(tables, scope),
    notes: notesOf({
      root,
      accountIds: scope.accountIds,
      failed,
      damaged,
      malformed,
      counts: {
        ...collector.counts(),
        filesRead: needed.size - filesFailed + unreadable.length,
        filesFailed,
      },
      logFiles: logFiles.sorted(),
    }),
  };
  return { answers, whole: filesFailed === 0 };
}

const NONE = new Int32Array(0);

function stampsOf(paths: readonly string[]): ReadonlyMap<string, Stamp> {
  const stamps = new Map<string, Stamp>();
  for (const path of paths) {
    try {
      stamps.set(path, stampOf(path));
    } catch {
      // It has gone since it was listed: reading it will say so.
    }
  }
  return stamps;
}

// eslint-disable-next-line @typescript-eslint/require-await -- the interface streams; this engine has it all in memory
async function* stream<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
