import { join } from 'node:path';
import { z } from 'zod';

/** The answers of a trail, each in a file of its own (row-file.ts). */
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

export const answerFile = (folder: string, answer: Answer): string => join(folder, `${answer}.rows`);

/** Written last: a folder without it is incomplete. */
export const sealFile = (folder: string): string => join(folder, 'seal.json');

/** Raise it when the stored answers change their shape. Callers put the tool's version into the key as well. */
export const FORMAT = 2;

export const sealShape = z.strictObject({
  format: z.literal(FORMAT),
  /** `v8.deserialize` reads what the same version of V8 wrote. */
  v8: z.literal(process.versions.v8),
  key: z.string(),
  /** By answer. */
  sha256: z.record(z.enum(ANSWERS), z.string()),
});
