import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SavedAnswers } from '../../../src/commands/saved-answers.js';
import { filesEngine } from '../../../src/trail/files/engine.js';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import type { ByteSlices } from '../../../src/trail/files/collections/byte-slices.js';
import type { TrailRequest, TrailSource } from '../../../src/trail/types.js';
import { logFile, recordOf } from '../../support/cloudtrail.js';
import { answersOf, type Answers } from '../../support/trail-answers.js';

export type { Answers };

export const ACCOUNT = '111111111111';
export const OTHER = '222222222222';
export const period = { start: '2026-07-01T00:00:00Z', end: '2026-07-04T00:00:00Z' };

type Json = Record<string, unknown>;
const ALICE = {
  time: '2026-07-02T10:00:00Z',
  caller: `arn:aws:iam::${ACCOUNT}:user/alice`,
  source: 's3.amazonaws.com',
  name: 'ListBuckets',
};

/** A CloudTrail record of alice's, with an eventID of its own. */
export const record = (over: Json = {}): Json => ({ ...recordOf(ALICE, over) });

export const log = logFile;

/** Writes files (relative path -> contents) into a new folder. */
export async function folder(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'cloudtracker-files-'));
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), contents);
  }
  return root;
}

export async function answers(
  path: string,
  request: Partial<TrailRequest> = {},
  open: typeof openFilesTrail = openFilesTrail,
): Promise<Answers> {
  return answersOf(await open({ path }, { period, accountIds: [ACCOUNT], concurrency: 2, ...request }));
}

/** The trail that commands open with a cache. */
export async function openCached(path: string, request: TrailRequest, cache: string): Promise<TrailSource> {
  const read = filesEngine.read({ path }, { folder: '/', topIndex: undefined });
  if (!read.ok) throw new Error('no source');
  return (await new SavedAnswers(read.value, request, { cache }).open()).trail;
}

export const total = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((sum, row) => sum + row.count, 0);

export function joinedStretches(parts: readonly ByteSlices[]): ByteSlices {
  let before = 0;
  const ends = parts.flatMap((part) => {
    const shifted = part.ends.map((end) => before + end);
    before += part.bytes.length;
    return [...shifted];
  });
  return {
    bytes: new Uint8Array(Buffer.concat(parts.map(({ bytes }) => bytes))),
    ends: Int32Array.from(ends),
  };
}
