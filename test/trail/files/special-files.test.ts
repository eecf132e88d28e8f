import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { newTotals, readLogs } from '../../../src/ingest/read-logs.js';
import { readContents } from '../../../src/trail/log-files/read.js';
import { listLogFiles } from '../../../src/trail/log-files/list.js';
import { openFilesTrail } from '../../../src/trail/files/open.js';
import { openStore } from '../../../src/trail/log-files/open-store.js';
import { answerFile, sealFile } from '../../../src/trail/saved-answers/format.js';
import { storeAnswers } from '../../../src/trail/saved-answers/save.js';
import { holdsAnswers } from '../../../src/trail/saved-answers/replay.js';
import { readRowFile } from '../../../src/trail/saved-answers/row-file.js';
import { makeFifo, makeSocket } from '../../support/special-files.js';
import { ACCOUNT, answers, folder, log, openCached, OTHER, period, record, total } from './helpers.js';

// Whatever waits for a FIFO, or reads a device to its end, never ends.
vi.setConfig({ testTimeout: 20_000 });

const NAMED = `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/07/02/${ACCOUNT}_CloudTrail_us-east-1_20260702T1000Z_x.json.gz`;

const kinds: [string, string, (path: string) => Promise<unknown>][] = [
  ['FIFO', 'a FIFO, not a regular file: write the output to a file first', makeFifo],
  [
    'link to a FIFO',
    'a FIFO, not a regular file: write the output to a file first',
    async (path) => symlink(await makeFifo(join(dirname(path), 'elsewhere')), path),
  ],
  [
    'link to an endless device',
    'a character device, not a regular file',
    (path) => symlink('/dev/zero', path),
  ],
  [
    'link to a socket',
    'a socket, not a regular file',
    async (path) => symlink(await makeSocket(join(await mkdtemp(join(tmpdir(), 's-')), 's')), path),
  ],
];

async function logsWith(path: string, make: (path: string) => Promise<unknown>): Promise<string> {
  const root = await folder({ 'good.json': log(record()) });
  await mkdir(dirname(join(root, path)), { recursive: true });
  await make(join(root, path));
  return root;
}

describe.each(kinds)('a %s among the logs', (_, what, make) => {
  it('is named, not read, and makes its account incomplete', async () => {
    const root = await logsWith(NAMED, make);
    const { activity, notes } = await answers(root, { accountIds: [ACCOUNT, OTHER] });
    expect(total(activity)).toBe(1);
    expect(notes.warnings).toContain(`${NAMED} was not read: it is ${what}.`);
    expect(notes.counts).toMatchObject({ filesRead: 1, filesFailed: 1 });
    expect(notes.incomplete).toEqual([{ accountId: ACCOUNT, reason: '1 log file could not be read' }]);
  });

  it('is listed among the log files', async () => {
    const root = await logsWith('a.json', make);
    const request = { period, accountIds: [ACCOUNT], concurrency: 1 };
    const trail = await openCached(root, request, join(root, 'cache'));
    const files = [];
    for await (const file of trail.notes().logFiles ?? []) files.push(file);
    expect(files).toMatchObject([
      { name: 'a.json', status: 'failed', sha256: null, bytes: null },
      { name: 'good.json', status: 'read' },
    ]);
  });

  it('is skipped where its name tells of another time, and ignored where it is not that of a log file', async () => {
    const other = await logsWith(NAMED.replaceAll('2026', '2020'), make);
    expect((await answers(other)).notes).toMatchObject({ warnings: [], incomplete: [] });
    const pipe = await logsWith('control.pipe', make);
    expect((await answers(pipe)).notes).toMatchObject({ warnings: [], incomplete: [] });
  });

  it('is named by ingest', async () => {
    const root = await logsWith('a.json', make);
    const totals = newTotals();
    const store = openStore({ kind: 'folder', path: root });
    const { files } = await listLogFiles(store, undefined);
    const found = files.map((name) => ({ store, name }));
    const documents = [];
    const { signal } = new AbortController();
    for await (const one of readLogs(found, totals, signal, () => undefined)) documents.push(one);
    expect(documents).toHaveLength(1);
    expect(totals.failed).toEqual([{ path: join(root, 'a.json'), reason: `it is ${what}` }]);
  });
});

it('a FIFO in place of a file is named', async () => {
  const root = await folder({ 'a.json': log(record()) });
  rmSync(join(root, 'a.json'));
  await makeFifo(join(root, 'a.json'));
  expect(await readContents(openStore({ kind: 'folder', path: root }), 'a.json')).toMatchObject({
    ok: false,
    error: { reason: expect.stringContaining('a FIFO') as string },
  });
});

it('a folder in which nothing but a FIFO looks like a log file is no folder without logs', async () => {
  const root = await folder({});
  await makeFifo(join(root, 'a.json'));
  expect((await answers(root)).notes.counts).toMatchObject({ filesRead: 0, filesFailed: 1 });
});

it('a FIFO in place of what was kept for later runs counts as nothing kept', async () => {
  const root = await folder({ 'a.json': log(record()) });
  const kept = join(root, 'kept');
  const trail = await openFilesTrail({ path: root }, { period, accountIds: [ACCOUNT], concurrency: 1 });
  for (const path of [sealFile(kept), answerFile(kept, 'activity')]) {
    await storeAnswers(trail, kept, 'key');
    expect(await holdsAnswers(kept, 'key')).toBe(true);
    rmSync(path);
    await makeFifo(path);
    expect(await holdsAnswers(kept, 'key')).toBe(false);
  }
  expect(() => [...readRowFile(answerFile(kept, 'activity'), (value) => value)]).toThrow('it is a FIFO');
});
