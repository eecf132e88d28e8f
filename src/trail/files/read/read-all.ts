import { HOUR_SECONDS } from '../../../base/time.js';
import { increment } from '../../../base/maps.js';
import { TrailError } from '../../errors.js';
import type { TrailRequest } from '../../types.js';
import type { Answers } from '../answers.js';
import { Collector, type ReadWindow } from '../count/collector.js';
import type { UncountedFile } from './counting-reader.js';
import type { FailedFile } from '../../log-files/read.js';
import { DeliveryOrder, LATENESS } from './delivery-order.js';
import { parseDeliveryName, deliveryTime, skipReason } from '../../log-files/delivery-name.js';
import { LateEventError, SeenEvents } from '../count/seen-events.js';
import { extensionOf, type ExtensionCounts } from '../../log-files/log-name.js';
import type { Listing } from '../../log-files/list.js';
import type { LogStore } from '../../log-files/store.js';
import { LogFiles } from '../evidence/log-files.js';
import { buildNotes, type FileNote } from '../evidence/notes.js';
import { ReadProgress } from './progress.js';
import { WorkerCrashedError, readFiles } from './reader-pool.js';
import { RoleSessions } from '../sessions/role-sessions.js';
import { withDigests } from '../../digests/coverage.js';
import { proveLogs } from '../../digests/proof.js';
import type { PublicKeys } from '../../digests/public-keys.js';
import { digestNotes } from '../../digests/digest-notes.js';
import { readDigests, type DigestFiles } from '../../digests/read-digests.js';
import { tableRows } from '../count/answer-rows.js';
import { SessionMerger } from '../sessions/session-merger.js';
import { at } from '../../../base/checked.js';
import { FILE_PROGRESS, FILE_REASONS, LOG_FOLDER_ERRORS } from '../../../wording/log-files.js';

export interface ReadJob {
  readonly store: LogStore;
  readonly listing: Listing;
  readonly scope: ReadWindow;
  readonly request: TrailRequest;
  /** Of CloudTrail, by which signatures of digest files are checked. */
  readonly publicKeys: PublicKeys;
}

interface ReadTask extends ReadJob {
  readonly digestFiles: DigestFiles;
}

/** If more threads crash, the cause is the machine and not the files. */
const MAX_DEATHS = 8;

/** The counts of a crashed thread are lost, so everything is read again without the file on which it crashed. */
export async function readAll(job: ReadJob): Promise<Answers> {
  const { store, listing, request } = job;
  const digestFiles = await readDigests(store, listing.files, job.scope, request.onProgress);
  const scope = { ...job.scope, hashContents: digestFiles.digests.length > 0 };
  const task = { ...job, scope, digestFiles };
  const fatal = new Map<number, string>();
  let level = 0;
  for (;;) {
    const lateness = LATENESS[level] ?? Infinity;
    try {
      return await readOnce(task, fatal, lateness);
    } catch (error) {
      if (error instanceof LateEventError) {
        task.request.onProgress?.(FILE_PROGRESS.again(lateness / HOUR_SECONDS));
        level += 1;
        continue;
      }
      if (!(error instanceof WorkerCrashedError)) throw error;
      if (error.file === undefined || fatal.size === MAX_DEATHS)
        throw new TrailError(LOG_FOLDER_ERRORS.crashed(task.store.describe(), error.message));
      fatal.set(error.file, error.reason);
    }
  }
}

/**
 * @param fatal files that crashed a thread, by index, with the reasons
 * @param lateness maximum age of an event at the delivery of its file, in seconds
 * @throws LateEventError for an older event
 */
async function readOnce(
  job: ReadTask,
  fatal: ReadonlyMap<number, string>,
  lateness: number,
): Promise<Answers> {
  const { store, listing, scope, request } = job;
  const { files: paths } = listing;
  const collector = new Collector(scope);
  const seen = new SeenEvents();
  const sessions = new RoleSessions(scope);
  const { needed, times } = neededOf(paths, collector, scope);
  const toRead = needed.filter((file) => !fatal.has(file));
  const deliveries = new DeliveryOrder(toRead, times, lateness);
  const damaged: FileNote[] = [];
  const failed = filesNotOpened(listing);
  const logFiles = new LogFiles(listing);
  const skipped = new Map(listing.skipped);
  const contents = new Set<string>();
  for (const [file, reason] of fatal) {
    failed.push({ path: at(paths, file), reason });
    logFiles.failed(file);
  }
  const notes: FileNotes = { logFiles, contents, failed, damaged, skipped };
  const progress = new ReadProgress();
  let events = 0;
  const finished = (file: number): void => {
    deliveries.finish(file);
    const { completeUntil, done, size } = deliveries;
    seen.forget(completeUntil);
    sessions.completeUntil(completeUntil);
    if (done % 20 === 0 || done === size)
      request.onProgress?.(progress.text(fatal.size + done, needed.length, events));
  };
  /** @returns indexes of the duplicates among its candidates */
  const add = (file: number, read: UncountedFile, merger: SessionMerger): Int32Array<ArrayBuffer> => {
    noteRead(notes, file, read);
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
          if (result.value.isReset) merger = new SessionMerger(sessions);
          return add(file, result.value, merger);
        }
        noteFailure(notes, file, result.error);
        finished(file);
        return new Int32Array(0);
      },
      part: collector.merge.bind(collector),
    };
  });
  return toAnswers(job, { collector, sessions, ...notes }, needed.length);
}

/** What the report says about files. */
interface FileNotes {
  readonly logFiles: LogFiles;
  /** SHA-256 of the uncompressed bytes of files, where digest files tell them. */
  readonly contents: Set<string>;
  readonly failed: FileNote[];
  readonly damaged: FileNote[];
  /** Files that are not log files, by their names or what they hold. */
  readonly skipped: Map<string, number>;
}

function noteRead({ logFiles, contents, damaged }: FileNotes, file: number, read: UncountedFile): void {
  const { contentSha256 } = read.source;
  logFiles.read(file, read);
  if (contentSha256 !== undefined) contents.add(contentSha256);
  if (read.problem !== null) damaged.push({ path: read.path, reason: read.problem });
}

function noteFailure({ logFiles, failed, skipped }: FileNotes, file: number, failure: FailedFile): void {
  if (failure.isOther === true) increment(skipped, extensionOf(failure.path));
  else {
    failed.push(failure);
    logFiles.failed(file, failure.source);
  }
}

const filesNotOpened = ({ unreadable, otherFormats }: Listing): FileNote[] => [
  ...unreadable.map((path) => ({ path, reason: FILE_REASONS.notOpened })),
  ...otherFormats.map((path) => ({ path, reason: FILE_REASONS.otherFormat })),
];

/** State of the main thread after everything is read. */
interface ReadState extends FileNotes {
  readonly collector: Collector;
  readonly sessions: RoleSessions;
}

function toAnswers(
  { listing, scope: { accountIds, ...period }, digestFiles, publicKeys }: ReadTask,
  { collector, sessions, logFiles, contents, failed, damaged, skipped }: ReadState,
  needed: number,
): Answers {
  const filesFailed = failed.length;
  const others = sum(skipped) - sum(listing.skipped);
  const filesRead = needed - filesFailed - others + listing.unreadable.length + listing.otherFormats.length;
  const counts = { ...collector.counts(), filesRead, filesFailed };
  const proved = proveLogs(digestFiles.digests, {
    ...{ period, publicKeys, contents, names: listing.files },
    failed: new Set([...failed, ...digestFiles.unread].map(({ path }) => path)),
  });
  const fromDigests = digestNotes(proved.problems, digestFiles.unread);
  const notes = buildNotes({ accountIds, failed, damaged, skipped, counts });
  const otherAccounts = collector.otherAccounts(accountIds);
  return {
    coverage: withDigests(collector.coverage(accountIds, period), proved.coverage),
    ...tableRows(collector.tables),
    assumptions: sessions.assumptions(),
    notes: {
      ...notes,
      ...(otherAccounts === undefined ? {} : { otherAccounts }),
      warnings: [...notes.warnings, ...fromDigests.warnings].sort(),
      incomplete: [...notes.incomplete, ...fromDigests.incomplete],
    },
    logFiles,
  };
}

const sum = (counts: ExtensionCounts): number => [...counts.values()].reduce((all, count) => all + count, 0);

/** @returns indexes of the files to read, and delivery times of all files (see DeliveryOrder) */
function neededOf(
  paths: readonly string[],
  collector: Collector,
  scope: ReadWindow,
): { readonly needed: Uint32Array; readonly times: Float64Array } {
  const times = new Float64Array(paths.length);
  const needed = new Uint32Array(paths.length)
    .map((_, file) => file)
    .filter((file) => {
      const delivery = parseDeliveryName(at(paths, file));
      times[file] = deliveryTime(delivery);
      const reason = skipReason(delivery, scope);
      if (reason !== null) collector.count(reason);
      return reason === null;
    });
  return { needed, times };
}
