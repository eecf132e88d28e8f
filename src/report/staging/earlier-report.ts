import { lstatSync } from 'node:fs';
import { lstat, readdir, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compareBy } from '../../base/compare.js';
import { z } from 'zod';
import { parseJson } from '../../base/json.js';
import { readRegularFile } from '../../base/read-file.js';
import { listFolder } from './folder.js';
import { hashFile } from './hash-file.js';
import { formatSums, isInside, sha256Of, SUMS, type Sum } from './sums.js';

const MANIFEST = 'manifest.json';
/** Files between two turns of the event loop. */
const FILES_AT_ONCE = 64;

/** Changes with every write to a file, even if the old time is restored. */
export type Stamp = string;

/** A file that this program did not write, or that was changed. */
export interface ForeignFile {
  readonly kind: 'changed' | 'added';
  /** Relative to the report, with `/`. */
  readonly path: string;
}

export interface EarlierReport {
  /** Unchanged files. */
  readonly unchanged: ReadonlyMap<string, Stamp>;
  /** Sorted by path. */
  readonly foreign: readonly ForeignFile[];
}

const outputs = z.array(z.looseObject({ path: z.string().refine(isInside), sha256: z.string() }));
const manifestShape = z.looseObject({
  tool: z.looseObject({ name: z.literal('cloudtracker') }),
  outputs,
  run: z.looseObject({ outputs: outputs.default([]) }),
});

/**
 * Compares a folder with its manifest, without following links. Without manifest, all files are foreign.
 * @param known files that were unchanged before: hashed again only if their stamp differs
 */
export async function inspectReport(
  folder: string,
  known: ReadonlyMap<string, Stamp>,
): Promise<EarlierReport> {
  const entries = await listFolder(folder);
  const listed = (await readListed(folder)) ?? new Map<string, string>();
  const unchanged = new Map<string, Stamp>();
  const foreign: ForeignFile[] = [];
  for (const [i, { path, kind }] of entries.entries()) {
    const sha256 = listed.get(path);
    const stamp = kind === 'file' ? stampFile(join(folder, path)) : undefined;
    if (sha256 === undefined) foreign.push({ kind: 'added', path });
    else if (stamp !== undefined && (known.get(path) === stamp || hashes(join(folder, path), sha256)))
      unchanged.set(path, stamp);
    else foreign.push({ kind: 'changed', path });
    if (i % FILES_AT_ONCE === 0) await setImmediate();
  }
  return { unchanged, foreign: foreign.sort(compareBy(({ path }) => path)) };
}

/** Whether a folder has a report, complete or not: a manifest of this program and matching checksums. */
export const isReport = async (folder: string): Promise<boolean> => (await readListed(folder)) !== null;

/** Expected checksums of the files, SHA256SUMS included: its text follows from the others. */
async function readListed(folder: string): Promise<ReadonlyMap<string, string> | null> {
  for (const name of [MANIFEST, SUMS]) if (stampFile(join(folder, name)) === undefined) return null;
  let sums: Sum[];
  try {
    const text = await readRegularFile(join(folder, MANIFEST));
    const manifest = manifestShape.parse(parseJson(text.toString('utf8')));
    sums = [...manifest.outputs, ...manifest.run.outputs, { path: MANIFEST, sha256: sha256Of(text) }];
  } catch {
    return null;
  }
  const text = formatSums(sums.sort(compareBy(({ path }) => path)));
  return new Map([...sums, { path: SUMS, sha256: sha256Of(text) }].map(({ path, sha256 }) => [path, sha256]));
}

function hashes(file: string, sha256: string): boolean {
  const result = hashFile(file);
  return result.ok && result.sha256 === sha256;
}

function stampFile(file: string): Stamp | undefined {
  const info = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  return info?.isFile() === true
    ? [info.dev, info.ino, info.size, info.mtimeNs, info.ctimeNs].join(' ')
    : undefined;
}

/**
 * Deletes a report, except files that this program did not write or that were changed.
 * @param known like `inspectReport`
 * @returns whether the folder is gone
 */
export async function deleteReport(folder: string, known: ReadonlyMap<string, Stamp>): Promise<boolean> {
  const report = await inspectReport(folder, known);
  // These two last: an interrupted deletion can then be distinguished from a foreign folder.
  const isLast = (path: string): boolean => path === MANIFEST || path === SUMS;
  const files = [...report.unchanged.keys()];
  const ordered = [
    ...files.filter((path) => !isLast(path)),
    ...(report.foreign.length === 0 ? files.filter(isLast) : []),
  ];
  for (const path of ordered) await unlink(join(folder, path));
  const folders = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  // Deepest first; a folder that is not empty stays.
  for (const path of folders
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => b.length - a.length))
    await rmdir(path).catch(() => undefined);
  await rmdir(folder).catch(() => undefined);
  return (await lstat(folder).catch(() => undefined)) === undefined;
}
