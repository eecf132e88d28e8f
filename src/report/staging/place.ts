import { lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OutputError } from './errors.js';
import {
  inspectReport,
  isReport,
  type EarlierReport,
  type ForeignFile,
  type Stamp,
} from './earlier-report.js';
import { OUTPUT_ERRORS } from '../../wording/commands.js';

const MAX_NAMED = 20;
const DECISIONS = 'csv/access-review.csv';

/**
 * The folder of `--output` without symbolic links, so that a rename replaces the folder and not a link to it, and
 * two runs with different paths to it meet. Creates parent folders.
 * @throws Error of the file system
 */
export async function resolvePlace(target: string): Promise<string> {
  const absolute = resolve(target);
  const real = await realpath(absolute).catch(() => undefined);
  if (real !== undefined) return real;
  const parent = dirname(absolute);
  await mkdir(parent, { recursive: true });
  return join(await realpath(parent), basename(absolute));
}

export interface TargetOptions {
  /** Replace an earlier report if it is unchanged. */
  readonly force: boolean;
  /** Replace an earlier report with all changes and additions. */
  readonly discardChanges?: boolean;
}

export type Target =
  { readonly kind: 'absent' | 'empty' } | { readonly kind: 'report'; readonly earlier: EarlierReport };

/**
 * What exists at the target of the report.
 * @param known files that were unchanged before: hashed again only if their stamp differs
 * @throws OutputError if it must not be replaced
 */
export async function inspectTarget(
  place: string,
  { force, discardChanges = false }: TargetOptions,
  known: ReadonlyMap<string, Stamp> = new Map(),
): Promise<Target> {
  const info = await lstat(place).catch(() => undefined);
  if (info === undefined) return { kind: 'absent' };
  if (!info.isDirectory()) throw new OutputError(OUTPUT_ERRORS.notFolder(place));
  if ((await readdir(place)).length === 0) return { kind: 'empty' };
  if (!(await isReport(place))) throw new OutputError(OUTPUT_ERRORS.noReport(place));
  if (!force && !discardChanges) throw new OutputError(OUTPUT_ERRORS.exists(place));
  const earlier = await inspectReport(place, known);
  if (earlier.foreign.length > 0 && !discardChanges)
    throw new OutputError(describeForeign(place, earlier.foreign));
  return { kind: 'report', earlier };
}

function describeForeign(place: string, foreign: readonly ForeignFile[]): string[] {
  return [
    OUTPUT_ERRORS.foreignFiles(place, foreign.length),
    ...foreign.slice(0, MAX_NAMED).map(({ kind, path }) => `  ${kind.padEnd(7)}  ${path}`),
    ...(foreign.length > MAX_NAMED ? [OUTPUT_ERRORS.more(foreign.length - MAX_NAMED)] : []),
    ...(foreign.some(({ path }) => path === DECISIONS) ? [OUTPUT_ERRORS.decisions(DECISIONS)] : []),
    OUTPUT_ERRORS.moveFiles,
  ];
}
