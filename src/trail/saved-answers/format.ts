import { join } from 'node:path';
import type { TrailNotes } from '../types.js';

/** The answers of a trail, one file each (row-file.ts). */
export const ANSWERS = [
  'coverage',
  'activity',
  'assumptions',
  'people',
  'resources',
  'requests',
  'weeks',
  'log-files',
  'queries',
  'notes',
] as const;
export type Answer = (typeof ANSWERS)[number];

export const answerFile = (folder: string, answer: Answer): string => join(folder, `${answer}.rows`);

/** Notes without evidence, which has its own files. */
export type StoredNotes = Omit<TrailNotes, 'logFiles' | 'queries'> & {
  readonly has: Readonly<Record<'logFiles' | 'queries', boolean>>;
};

/** Written last: a folder without it is incomplete. */
export const sealFile = (folder: string): string => join(folder, 'seal.json');

/** Increase it when stored answers change their shape. The key also has the tool version. */
const FORMAT = 7;

export interface Seal {
  readonly format: number;
  /** `v8.deserialize` can read only what the same V8 version wrote. */
  readonly v8: string;
  readonly key: string;
  readonly sha256: Readonly<Partial<Record<Answer, string>>>;
}

export const sealFor = (key: string, sha256: Seal['sha256']): Seal => ({
  format: FORMAT,
  v8: process.versions.v8,
  key,
  sha256,
});
