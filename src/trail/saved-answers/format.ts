import { join } from 'node:path';
import type { TrailNotes } from '../types.js';

/** The answers of a trail, each in a file of its own (row-file.ts). */
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

/** The notes without the evidence, which lies beside them. */
export type StoredNotes = Omit<TrailNotes, 'logFiles' | 'queries'> & { readonly hasLogFiles: boolean };

/** Written last: a folder without it is incomplete. */
export const sealFile = (folder: string): string => join(folder, 'seal.json');

/** Raise it when the stored answers change their shape. Callers put the tool's version into the key as well. */
const FORMAT = 5;

export interface Seal {
  readonly format: number;
  /** `v8.deserialize` reads what the same version of V8 wrote. */
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
