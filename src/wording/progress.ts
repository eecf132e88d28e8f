import { grouped, plural } from '../base/plural.js';

/** Lines about a run in progress. A new stage begins with other words: numbers alone only update a line. */
export const PROGRESS = {
  accounts: (count: number): string => `reading ${plural(count, 'account')}`,
  reviewed: (done: number, all: number): string => `reviewed ${grouped(done)} of ${grouped(all)} principals`,
  verified: (done: number, all: number): string => `verified ${grouped(done)} of ${grouped(all)} files`,
  files: (done: number, all: number, events: number): string =>
    `read ${grouped(done)} of ${grouped(all)} files, ${grouped(events)} events`,
  discarding: 'Discarding saved progress: it is incomplete, or the logs or options have changed.',
  resuming: 'Resuming from the saved progress of an earlier run.',
  cached: 'Using cached answers of an earlier run: the logs have not changed.',
  cacheFailed: (folder: string, reason: string): string =>
    `Cannot write to the cache ${folder}: ${reason}. The report is complete without it.`,
} as const;

/** The stages of a report, as --timings lists them. */
export const STAGES = {
  iam: 'read IAM files',
  logs: 'read logs',
  prepare: 'evaluate policies',
  review: 'review principals',
  write: 'write report',
} as const;
