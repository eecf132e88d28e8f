import { TrailError } from '../errors.js';
import type { TrailRequest } from '../types.js';
import type { Answers } from './answers.js';
import { Collector, type Scope } from './collect.js';
import { siftedOf, type Sifted } from './counting-reader.js';
import { Deliveries } from './deliveries.js';
import { Forgotten, IdentitySet } from './identity-set.js';
import { Lane } from './lane.js';
import type { Listing } from './list.js';
import { LogFiles } from './log-files.js';
import { notesOf, type DamagedFile, type FailedFile } from './notes.js';
import { Pace } from './pace.js';
import { usePacks, type Stamp } from './packs.js';
import { ReaderDied, readFiles } from './pool.js';
import type { CachePlace } from './read-file.js';
import { RoleSessions } from './role-sessions.js';
import { tableRows } from './rows.js';
import { SessionLane } from './session-events.js';
import { whySkip } from './skip.js';

export interface Reading {
  readonly root: string;
  readonly listing: Listing;
  readonly scope: Scope;
  readonly request: TrailRequest;
  readonly cache: CachePlace | null;
  /** Of all files, where there is a cache. */
  readonly stamps: ReadonlyMap<string, Stamp>;
}

export interface ReadAll {
  readonly answers: Answers;
  /** Whether every file could be read. */
  readonly whole: boolean;
}

/** More threads than this need not die of their files: then it is the machine. */
const MAX_DEATHS = 8;

/** A thread that dies takes with it what it had counted: all is read again, without the file that it died of. */
export async function readAll(task: Reading): Promise<ReadAll> {
  const fatal: FailedFile[] = [];
  let inOrder = true;
  for (;;) {
    try {
      return await readOnce(task, fatal, inOrder);
    } catch (error) {
      if (error instanceof Forgotten) {
        task.request.onProgress?.(
          'a file holds events from long before its delivery: reading all again, without forgetting any',
        );
        inOrder = false;
        continue;
      }
      if (!(error instanceof ReaderDied)) throw error;
      if (error.path === undefined || fatal.length === MAX_DEATHS)
        throw new TrailError(
          `The log files below ${task.root} could not be read: ${error.message}. Give it more memory, or set concurrency to fewer threads.`,
        );
      fatal.push({ path: error.path, reason: error.reason });
    }
  }
}

/**
 * @param fatal files that are not to be read
 * @param inOrder whether names tell before when nothing comes any more
 * @throws Forgotten when they do not
 */
async function readOnce(
  { root, listing, scope, request, cache, stamps }: Reading,
  fatal: readonly FailedFile[],
  inOrder: boolean,
): Promise<ReadAll> {
  const { unreadable } = listing;
  const collector = new Collector(scope);
  const seen = new IdentitySet();
  const sessions = new RoleSessions(scope);
  const needed = listing.files.filter((path) => {
    const why = whySkip(path, scope);
    if (why !== null) collector.count(why);
    return why === null;
  });
  const lost = new Set(fatal.map(({ path }) => path));
  const deliveries = new Deliveries(needed.filter((path) => !lost.has(path)));
  const damaged: DamagedFile[] = [];
  const failed: FailedFile[] = [...unreadable.map((path) => ({ path, reason: 'cannot be read' })), ...fatal];
  const logFiles = new LogFiles(root);
  for (const { path } of failed) logFiles.failed(path);
  const pace = new Pace();
  let events = 0;
  const finished = (path: string): void => {
    deliveries.finish(path);
    const { settled, done, size } = deliveries;
    if (inOrder) {
      seen.forget(settled);
      sessions.settle(settled);
    }
    if (done % 20 === 0 || done === size)
      request.onProgress?.(pace.text(fatal.length + done, needed.length, events));
  };
  /** @returns its duplicates */
  const add = (file: Sifted, lane: SessionLane): Int32Array<ArrayBuffer> => {
    logFiles.read(file);
    if (file.damaged > 0) damaged.push({ path: file.path, lines: file.damaged });
    const duplicates = seen.duplicates(file.identity, file.time);
    lane.add(file.sessions, file.time, duplicates);
    events += file.time.length - duplicates.length;
    finished(file.path);
    return duplicates;
  };
  if (cache !== null) {
    usePacks(cache.folder, cache.version, stamps, ({ dictionary, files }) => {
      const wanted = files.filter(({ path }) => deliveries.has(path));
      if (wanted.length === 0) return;
      const lane = new Lane(collector);
      const ofSessions = new SessionLane(sessions);
      lane.learn(dictionary);
      for (const file of wanted) {
        const candidates = lane.sift(file.digest);
        lane.count(file.digest, candidates, add(siftedOf(file, candidates), ofSessions));
      }
      lane.finish();
    });
  }
  await readFiles(deliveries.left(), request.concurrency, { scope, cache }, () => {
    let lane = new SessionLane(sessions);
    return {
      file: (result) => {
        if (result.ok) {
          if (result.anew) lane = new SessionLane(sessions);
          return add(result, lane);
        }
        failed.push(result);
        logFiles.failed(result.path, result.source);
        finished(result.path);
        return NONE;
      },
      part: (counted) => {
        collector.merge(counted);
      },
    };
  });
  const { tables, malformed } = collector;
  const filesFailed = failed.length;
  const answers = {
    coverage: collector.coverage(scope.accountIds, scope),
    ...tableRows(tables),
    assumptions: sessions.assumptions(),
    notes: notesOf({
      root,
      accountIds: scope.accountIds,
      failed,
      damaged,
      malformed,
      counts: {
        ...collector.counts(),
        filesRead: needed.length - filesFailed + unreadable.length,
        filesFailed,
      },
      logFiles: logFiles.sorted(),
    }),
  };
  return { answers, whole: filesFailed === 0 };
}

const NONE = new Int32Array(0);
