import { HOUR_SECONDS } from '../../../base/time.js';
import { TrailError } from '../../errors.js';
import type { TrailRequest } from '../../types.js';
import type { Answers } from '../answers.js';
import { Collector, type ReadWindow } from '../count/collector.js';
import type { UncountedFile } from './counting-reader.js';
import { DeliveryOrder } from '../discover/delivery-order.js';
import { parseDeliveryName, LATENESS, deliveryTime, skipReason } from '../discover/delivery-name.js';
import { LateEventError, SeenEvents } from '../count/seen-events.js';
import type { Listing } from '../discover/list.js';
import type { LogStore } from '../store/store.js';
import { LogFiles } from '../evidence/log-files.js';
import { buildNotes, type FileNote } from '../evidence/notes.js';
import { ReadProgress } from './progress.js';
import { WorkerCrashedError, readFiles } from './reader-pool.js';
import { RoleSessions } from '../sessions/role-sessions.js';
import { tableRows } from '../count/answer-rows.js';
import { SessionMerger } from '../sessions/session-merger.js';

export interface ReadJob {
  readonly store: LogStore;
  readonly listing: Listing;
  readonly scope: ReadWindow;
  readonly request: TrailRequest;
}

/** When more threads than this crash, the cause is the machine and not the files. */
const MAX_DEATHS = 8;

/** A thread that crashes takes its counts with it, so everything is read again without the file that it crashed on. */
export async function readAll(task: ReadJob): Promise<Answers> {
  const fatal = new Map<number, string>();
  let level = 0;
  for (;;) {
    const lateness = LATENESS[level] ?? Infinity;
    try {
      return await readOnce(task, fatal, lateness);
    } catch (error) {
      if (error instanceof LateEventError) {
        task.request.onProgress?.(
          `a file holds events from more than ${lateness / HOUR_SECONDS} hours before its delivery: reading all again, and remembering more`,
        );
        level += 1;
        continue;
      }
      if (!(error instanceof WorkerCrashedError)) throw error;
      if (error.file === undefined || fatal.size === MAX_DEATHS)
        throw new TrailError(
          `The log files below ${task.store.describe()} could not be read: ${error.message}. Increase memory or lower --concurrency.`,
        );
      fatal.set(error.file, error.reason);
    }
  }
}

/**
 * @param fatal files that crashed a thread, by index, with the reasons
 * @param lateness no event is older than this at the delivery of its file: seconds
 * @throws LateEventError when one is
 */
async function readOnce(
  { store, listing, scope, request }: ReadJob,
  fatal: ReadonlyMap<number, string>,
  lateness: number,
): Promise<Answers> {
  const { files: paths, unreadable } = listing;
  const collector = new Collector(scope);
  const seen = new SeenEvents();
  const sessions = new RoleSessions(scope);
  const { needed, times } = neededOf(paths, collector, scope);
  const toRead = needed.filter((file) => !fatal.has(file));
  const deliveries = new DeliveryOrder(toRead, times, lateness);
  const damaged: FileNote[] = [];
  const failed: FileNote[] = unreadable.map((path) => ({ path, reason: 'cannot be read' }));
  const logFiles = new LogFiles(listing);
  for (const [file, reason] of fatal) {
    failed.push({ path: paths[file] ?? '', reason });
    logFiles.failed(file);
  }
  const progress = new ReadProgress();
  let events = 0;
  const finished = (file: number): void => {
    deliveries.finish(file);
    const { completeUntil: completeUntil, done, size } = deliveries;
    seen.forget(completeUntil);
    sessions.completeUntil(completeUntil);
    if (done % 20 === 0 || done === size)
      request.onProgress?.(progress.text(fatal.size + done, needed.length, events));
  };
  /** @returns indices of the duplicates among its candidates */
  const add = (file: number, read: UncountedFile, merger: SessionMerger): Int32Array<ArrayBuffer> => {
    logFiles.read(file, read);
    if (read.problem !== null) damaged.push({ path: read.path, reason: read.problem });
    const duplicates = seen.duplicates(read.fingerprint, read.time);
    merger.add(read.sessions, read.time, duplicates);
    events += read.time.length - duplicates.length;
    finished(file);
    return duplicates;
  };
  await readFiles(store, paths, deliveries.order, request.concurrency, scope, () => {
    let merger = new SessionMerger(sessions);
    return {
      file: (file, result) => {
        if (result.ok) {
          if (result.isReset) merger = new SessionMerger(sessions);
          return add(file, result, merger);
        }
        failed.push(result);
        logFiles.failed(file, result.source);
        finished(file);
        return new Int32Array(0);
      },
      part: collector.merge.bind(collector),
    };
  });
  return toAnswers(
    { store, listing, scope, request },
    { collector, sessions, logFiles, failed, damaged },
    needed.length,
  );
}

/** What the main thread knows when everything is read. */
interface ReadState {
  readonly collector: Collector;
  readonly sessions: RoleSessions;
  readonly logFiles: LogFiles;
  readonly failed: readonly FileNote[];
  readonly damaged: readonly FileNote[];
}

function toAnswers(
  { listing, scope: { accountIds, ...period } }: ReadJob,
  { collector, sessions, logFiles, failed, damaged }: ReadState,
  needed: number,
): Answers {
  const filesFailed = failed.length;
  const filesRead = needed - filesFailed + listing.unreadable.length;
  const counts = { ...collector.counts(), filesRead, filesFailed };
  return {
    coverage: collector.coverage(accountIds, period),
    ...tableRows(collector.tables),
    assumptions: sessions.assumptions(),
    notes: buildNotes({ accountIds, failed, damaged, counts }),
    logFiles,
  };
}

/** @returns indices of the files to read, and the delivery times of all files (see DeliveryOrder) */
function neededOf(
  paths: readonly string[],
  collector: Collector,
  scope: ReadWindow,
): { readonly needed: Uint32Array; readonly times: Float64Array } {
  const times = new Float64Array(paths.length);
  const needed = new Uint32Array(paths.length)
    .map((_, file) => file)
    .filter((file) => {
      const delivery = parseDeliveryName(paths[file] ?? '');
      times[file] = deliveryTime(delivery);
      const reason = skipReason(delivery, scope);
      if (reason !== null) collector.count(reason);
      return reason === null;
    });
  return { needed, times };
}
