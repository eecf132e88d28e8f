import { join } from 'node:path';
import { z } from 'zod';
import type { TrailNotes } from '../types.js';

/** What a trail answers, each in a file of its own: compressed lines of JSON. */
export const ANSWERS = [
  'coverage',
  'activity',
  'assumptions',
  'people',
  'resources',
  'weeks',
  'log-files',
  'queries',
  'notes',
] as const;
export type Answer = (typeof ANSWERS)[number];

export const answerFile = (folder: string, answer: Answer): string => join(folder, `${answer}.ndjson.gz`);

/** The notes without the evidence, which lies beside them. */
export type KeptNotes = Omit<TrailNotes, 'logFiles' | 'queries'> & { readonly hasLogFiles: boolean };

/** Written last: without it the answers are not whole. */
export const sealFile = (folder: string): string => join(folder, 'seal.json');

/** Goes up when the answers change their shape; the tool's version is a part of the key besides. */
export const FORMAT = 2;

export const sealShape = z.strictObject({
  format: z.literal(FORMAT),
  key: z.string(),
  /** By answer. */
  sha256: z.record(z.enum(ANSWERS), z.string()),
});
