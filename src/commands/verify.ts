import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compareBy } from '../base/compare.js';
import { UserError } from '../config/types.js';
import { parseSums, SUMS } from '../report/staging/sums.js';
import { checkFiles } from './verify/contents.js';
import { checkCounts, checkSizes } from './verify/counts.js';
import { readFacts, type FileFacts } from './verify/facts.js';
import type { Finding } from './verify/finding.js';
import { listFolder, type Entry } from '../report/staging/folder.js';
import { compareLists, MANIFEST, readManifest } from './verify/manifest.js';
import { readWhole } from '../report/staging/hash-file.js';
import { PROGRESS } from '../wording/progress.js';
import { VERIFY_DETAILS, VERIFY_ERRORS } from '../wording/verify.js';

export type { Finding } from './verify/finding.js';

export interface VerifyOptions {
  readonly folder: string;
  /** Expected SHA-256 of SHA256SUMS. */
  readonly sha256?: string;
  readonly onProgress: (message: string) => void;
}

export interface VerifyResult {
  /** Sorted by path. */
  readonly findings: readonly Finding[];
  /** Number of files in SHA256SUMS. */
  readonly files: number;
  /** Bytes read. */
  readonly bytes: number;
  /** SHA-256 of SHA256SUMS. */
  readonly sha256: string;
  /** Version of cloudtracker that made the report; null if manifest.json does not say. */
  readonly madeBy: string | null;
}

const PROGRESS_EVERY = 500;

/**
 * Compares a report with its SHA256SUMS and manifest.json, and its files with each other. Files are read in chunks,
 * except these two, json/report.json and json/findings.sarif; memory grows with the number of files and principals.
 * @throws UserError if the folder has no report
 */
export async function runVerify({ folder, sha256, onProgress }: VerifyOptions): Promise<VerifyResult> {
  const root = resolve(folder);
  const sumsFile = readSums(root);
  const { listed, findings: badSums } = parseListed(sumsFile.text);
  const findings = [...badSums];
  if (sha256 !== undefined && sha256.toLowerCase() !== sumsFile.sha256)
    findings.push({ kind: 'changed', path: SUMS, detail: VERIFY_DETAILS.otherSums(sha256.toLowerCase()) });
  const listing = await listFolder(root);
  const present = new Map(listing.map(({ path, kind }) => [path, kind]));
  const facts = new Map<string, FileFacts>();
  let bytes = 0;
  let done = 0;
  for (const [path, expected] of listed) {
    const result = present.get(path) === 'file' ? readFacts(join(root, path), path) : undefined;
    if (result?.ok === true) bytes += result.value.bytes;
    const found = compareFile(path, expected, present.get(path), result);
    if (found === undefined && result?.ok === true) facts.set(path, result.value.facts);
    else if (found !== undefined) findings.push(found);
    done += 1;
    if (done % PROGRESS_EVERY === 0) {
      onProgress(PROGRESS.verified(done, listed.size));
      await setImmediate();
    }
  }
  const { madeBy, ...contents } = checkContents(root, listed, facts);
  const all = [...findings, ...findUnlisted(listing, listed), ...contents.findings];
  return {
    findings: all.sort(compareBy(({ path }) => path)),
    files: listed.size,
    bytes,
    sha256: sumsFile.sha256,
    madeBy,
  };
}

function parseListed(text: string): { listed: Map<string, string>; findings: Finding[] } {
  const { sums, badLines } = parseSums(text);
  const findings: Finding[] = badLines.map((line) => ({
    kind: 'changed',
    path: SUMS,
    detail: VERIFY_DETAILS.badLine(line),
  }));
  const listed = new Map<string, string>();
  for (const { path, sha256 } of sums) {
    if (listed.has(path))
      findings.push({ kind: 'changed', path: SUMS, detail: VERIFY_DETAILS.listedTwice(path) });
    listed.set(path, sha256);
  }
  if (!listed.has(MANIFEST))
    findings.push({ kind: 'not listed', path: MANIFEST, detail: VERIFY_DETAILS.notIn(SUMS) });
  return { listed, findings };
}

function findUnlisted(listing: readonly Entry[], listed: ReadonlyMap<string, string>): Finding[] {
  return listing.flatMap(({ path, kind }): Finding[] => {
    if (kind === 'unreadable') return [{ kind: 'not readable', path }];
    if (listed.has(path) || path === SUMS) return [];
    if (kind === 'other') return [{ kind: 'no file', path, detail: VERIFY_DETAILS.special }];
    return [{ kind: 'extra', path }];
  });
}

function compareFile(
  path: string,
  sha256: string,
  kind: Entry['kind'] | undefined,
  result: ReturnType<typeof readFacts> | undefined,
): Finding | undefined {
  if (kind === undefined) return { kind: 'missing', path };
  if (result === undefined) return { kind: 'no file', path, detail: VERIFY_DETAILS.specialInPlace };
  if (!result.ok) return { kind: 'not readable', path, detail: result.error.reason };
  const { sha256: actual, problem } = result.value;
  if (actual !== sha256) return { kind: 'changed', path };
  return problem === undefined ? undefined : { kind: 'invalid', path, detail: problem };
}

/** Checks beyond checksums, which may have been recomputed. */
function checkContents(
  root: string,
  listed: ReadonlyMap<string, string>,
  facts: ReadonlyMap<string, FileFacts>,
): { readonly findings: readonly Finding[]; readonly madeBy: string | null } {
  const nothing = { findings: [], madeBy: null };
  const file = readWhole(join(root, MANIFEST));
  // A missing or changed manifest is already reported by its checksum.
  if (!file.ok)
    return facts.has(MANIFEST)
      ? { ...nothing, findings: [{ kind: 'not readable', path: MANIFEST, detail: file.error.reason }] }
      : nothing;
  const { sha256, text } = file.value;
  if ((listed.get(MANIFEST) ?? sha256) !== sha256) return nothing;
  const { findings, manifest, outputs, madeBy = null } = readManifest(text);
  const paths = new Set([...listed.keys(), ...(outputs ?? []).map(({ path }) => path)]);
  const contents = manifest === undefined ? undefined : { manifest, paths, listed, facts };
  return {
    madeBy,
    findings: [
      ...findings,
      ...(outputs === undefined ? [] : compareLists(outputs, listed)),
      ...(contents === undefined
        ? []
        : [...checkFiles(contents), ...checkSizes(contents), ...checkCounts(contents)]),
    ],
  };
}

function readSums(root: string): { readonly text: string; readonly sha256: string } {
  const path = join(root, SUMS);
  const file = readWhole(path);
  if (file.ok) return file.value;
  throw new UserError(
    file.error.absent
      ? VERIFY_ERRORS.noReport(root, SUMS)
      : VERIFY_ERRORS.unreadable(path, file.error.reason),
  );
}
