import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readRegularFile } from '../base/read-file.js';
import { UserError } from '../config/types.js';
import { reasonOf } from '../report/staging/errors.js';
import { parseSums, sha256Of, SUMS, type Sum } from '../report/staging/sums.js';
import { hashFile, listFolder } from './verify/folder.js';
import { compareManifest } from './verify/manifest.js';

export interface VerifyOptions {
  readonly folder: string;
  /** SHA-256 of SHA256SUMS as it was kept elsewhere. */
  readonly sha256?: string;
  readonly onProgress: (message: string) => void;
}

/** What is not as the report was written. */
export interface Finding {
  readonly kind: 'changed' | 'missing' | 'extra' | 'no file' | 'not readable' | 'not listed';
  /** Relative to the report. */
  readonly path: string;
  readonly detail?: string;
}

export interface VerifyResult {
  /** Sorted by path. */
  readonly findings: readonly Finding[];
  /** Listed in SHA256SUMS. */
  readonly files: number;
  /** Read. */
  readonly bytes: number;
  /** Of SHA256SUMS itself. */
  readonly sha256: string;
}

const PROGRESS_EVERY = 500;

/**
 * Compares a report with its SHA256SUMS and manifest.json. Files are read piece by piece; memory grows with their number only.
 * @throws UserError when the folder holds no report
 */
export async function runVerify({ folder, sha256, onProgress }: VerifyOptions): Promise<VerifyResult> {
  const root = resolve(folder);
  const { text, digest } = await readSums(root);
  const { sums, badLines } = parseSums(text);
  const findings: Finding[] = badLines.map((line) => ({
    kind: 'changed',
    path: SUMS,
    detail: `line ${line} is not a checksum of a file of the report`,
  }));
  if (sha256 !== undefined && sha256.toLowerCase() !== digest)
    findings.push({ kind: 'changed', path: SUMS, detail: `its SHA-256 is not ${sha256.toLowerCase()}` });
  const listing = await listFolder(root);
  const present = new Map(listing.map(({ path, kind }) => [path, kind]));
  const listed = new Map<string, string>();
  for (const sum of sums) {
    if (listed.has(sum.path))
      findings.push({ kind: 'changed', path: SUMS, detail: `${sum.path} is in it twice` });
    listed.set(sum.path, sum.sha256);
  }
  if (!listed.has('manifest.json'))
    findings.push({ kind: 'not listed', path: 'manifest.json', detail: `in ${SUMS}` });
  for (const { path, kind } of listing) {
    if (kind === 'unreadable') findings.push({ kind: 'not readable', path });
    else if (kind === 'other' && !listed.has(path))
      findings.push({ kind: 'no file', path, detail: 'a link or special file' });
    else if (kind === 'file' && !listed.has(path) && path !== SUMS) findings.push({ kind: 'extra', path });
  }
  let bytes = 0;
  let done = 0;
  for (const sum of sums) {
    const result = present.get(sum.path) === 'file' ? hashFile(join(root, sum.path)) : undefined;
    if (result?.ok === true) bytes += result.bytes;
    findings.push(...compare(sum, present.get(sum.path), result));
    done += 1;
    if (done % PROGRESS_EVERY === 0) {
      onProgress(`verified ${done} of ${sums.length} files`);
      await setImmediate();
    }
  }
  findings.push(...(await compareManifest(root, listed)));
  return {
    findings: findings.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    files: listed.size,
    bytes,
    sha256: digest,
  };
}

function compare(
  { path, sha256 }: Sum,
  kind: string | undefined,
  result: ReturnType<typeof hashFile> | undefined,
): Finding[] {
  if (kind === undefined) return [{ kind: 'missing', path }];
  if (result === undefined)
    return [{ kind: 'no file', path, detail: 'a folder, link or special file in its place' }];
  if (!result.ok) return [{ kind: 'not readable', path, detail: result.reason }];
  return result.sha256 === sha256 ? [] : [{ kind: 'changed', path }];
}

async function readSums(root: string): Promise<{ text: string; digest: string }> {
  try {
    const content = await readRegularFile(join(root, SUMS));
    return { text: content.toString('utf8'), digest: sha256Of(content) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw new UserError(`${join(root, SUMS)}: ${reasonOf(error)}`);
    throw new UserError(
      `${root} holds no report: there is no ${SUMS} in it. Name the folder that --output named.`,
    );
  }
}
