import { TrailError } from '../../errors.js';
import type { TrailRequest } from '../../types.js';
import type { Answers } from '../answers.js';
import { Collector, type Scope } from '../count/collector.js';
import type { Sifted } from './counting-reader.js';
import { Deliveries } from '../discover/delivery-order.js';
import { deliveryOf, LATENESS, timeOf } from '../discover/delivery-name.js';
import { Forgotten, IdentitySet } from '../count/seen-events.js';
import type { Listing } from '../discover/list.js';
import { LogFiles } from '../evidence/log-files.js';
import { notesOf, type DamagedFile, type FailedFile } from '../evidence/notes.js';
import { Pace } from './progress.js';
import { ReaderDied, readFiles } from './reader-pool.js';
import { RoleSessions } from '../sessions/role-sessions.js';
import { tableRows } from '../count/answer-rows.js';
import { SessionLane } from '../sessions/session-events.js';
import { whySkip } from '../discover/skip-reason.js';

export interface Reading {
  readonly root: string;
  readonly listing: Listing;
  readonly scope: Scope;
  readonly request: TrailRequest;
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
  const fatal = new Map<number, string>();
  let level = 0;
  for (;;) {
    const lateness = LATENESS[level] ?? Infinity;
    try {
      return await readOnce(task, fatal, lateness);
    } catch (error) {
      if (error instanceof Forgotten) {
        task.request.onProgress?.(
          `a file holds events from more than ${lateness / HOUR} hours before its delivery: reading all again, and remembering more`,
        );
        level += 1;
        continue;
      }
      if (!(error instanceof ReaderDied)) throw error;
      if (error.file === undefined || fatal.size === MAX_DEATHS)
        throw new TrailError(
          `The log files below ${task.root} could not be read: ${error.message}. Give it more memory, or set concurrency to fewer threads.`,
        );
      fatal.set(error.file, error.reason);
    }
  }
}

/**
 * @param fatal numbers of files that are not to be read, with the reasons
 * @param lateness no event happened longer before the delivery of its file: seconds
 * @throws Forgotten when one did
 */
async function readOnce(
  { root, listing, scope, request }: Reading,
  fatal: ReadonlyMap<number, string>,
  lateness: number,
): Promise<ReadAll> {
  const { files: paths, unreadable } = listing;
  const collector = new Collector(scope);
  const seen = new IdentitySet();
  const sessions = new RoleSessions(scope);
  const { needed, times } = neededOf(paths, collector, scope);
  const deliveries = new Deliveries(
    needed.filter((file) => !fatal.has(file)),
    times,
    lateness,
  );
  const damaged: DamagedFile[] = [];
  const failed: FailedFile[] = unreadable.map((path) => ({ path, reason: 'cannot be read' }));
  const logFiles = new LogFiles(root, listing);
  for (const [file, reason] of fatal) {
    failed.push({ path: paths[file] ?? '', reason });
    logFiles.failed(file);
  }
  const pace = new Pace();
  let events = 0;
  const finished = (file: number): void => {
    deliveries.finish(file);
    const { settled, done, size } = deliveries;
    seen.forget(settled);
    sessions.settle(settled);
    if (done % 20 === 0 || done === size)
      request.onProgress?.(pace.text(fatal.size + done, needed.length, events));
  };
  /** @returns its duplicates */
  const add = (file: number, read: Sifted, lane: SessionLane): Int32Array<ArrayBuffer> => {
    logFiles.read(file, read);
    if (read.damaged > 0) damaged.push({ path: read.path, lines: read.damaged });
    const duplicates = seen.duplicates(read.identity, read.time);
    lane.add(read.sessions, read.time, duplicates);
    events += read.time.length - duplicates.length;
    finished(file);
    return duplicates;
  };
  await readFiles(paths, deliveries.order, request.concurrency, scope, () => {
    let lane = new SessionLane(sessions);
    return {
      file: (file, result) => {
        if (result.ok) {
          if (result.anew) lane = new SessionLane(sessions);
          return add(file, result, lane);
        }
        failed.push(result);
        logFiles.failed(file, result.source);
        finished(file);
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
    }),
    logFiles,
  };
  return { answers, whole: filesFailed === 0 };
}

/** @returns numbers of the files to read, and when all were delivered: see Deliveries */
function neededOf(
  paths: readonly string[],
  collector: Collector,
  scope: Scope,
): { readonly needed: Uint32Array; readonly times: Float64Array } {
  const times = new Float64Array(paths.length);
  const needed = new Uint32Array(paths.length)
    .map((_, file) => file)
    .filter((file) => {
      const delivery = deliveryOf(paths[file] ?? '');
      times[file] = timeOf(delivery);
      const why = whySkip(delivery, scope);
      if (why !== null) collector.count(why);
      return why === null;
    });
  return { needed, times };
}

const NONE = new Int32Array(0);
const HOUR = 3600;
