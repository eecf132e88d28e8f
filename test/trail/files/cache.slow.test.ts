import { createHash, randomUUID } from 'node:crypto';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrailRequest } from '../../../src/trail/types.js';
import { contractRecords, A, B, PERIOD } from '../contract/records.js';
import { ACCOUNT, answers, folder, log, openCached, OTHER, record, total, type Answers } from './helpers.js';

const unfinished = (): string => `${'0'.repeat(32)}.${randomUUID()}.tmp`;
const newCache = (): Promise<string> => mkdtemp(join(tmpdir(), 'cloudtracker-cache-'));
const ask = (root: string, cache?: string, request: Partial<TrailRequest> = {}): Promise<Answers> =>
  cache === undefined
    ? answers(root, request)
    : answers(root, request, ({ path }, given) => openCached(path, given, cache));

async function filesOf(cache: string, ending: string): Promise<string[]> {
  const names = await readdir(cache, { recursive: true });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(cache, name));
}

describe('the cache', () => {
  it('gives the answers of the logs, for the same and any other period and accounts', async () => {
    const records = contractRecords();
    const root = await folder({
      'a.json': log(...records.slice(0, 20)),
      'b.json': log(...records.slice(20)),
      'c.ndjson': `${JSON.stringify(record())}\nnot JSON\n`,
    });
    const cache = await newCache();
    const day = fc.integer({ min: 0, max: 9 }).map((n) => new Date(Date.UTC(2026, 5, 29 + n)).toISOString());
    const scope = fc.record({
      start: day.map((time) => `${time.slice(0, 19)}Z`),
      end: fc.constant(PERIOD.end),
      accountIds: fc.subarray([A, B, OTHER], { minLength: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(scope, async ({ start, end, accountIds }) => {
        const request = { period: { start, end }, accountIds };
        const plain = await ask(root, undefined, request);
        expect(await ask(root, cache, request)).toEqual(plain);
        expect(await ask(root, cache, request)).toEqual(plain);
      }),
      { numRuns: 15 },
    );
    expect((await filesOf(cache, 'seal.json')).length).toBeLessThanOrEqual(8);
  });

  it('counts files that are new, changed or gone', async () => {
    const root = await folder({ 'a.json': log(record()), 'b.json': log(record()) });
    const cache = await newCache();
    expect(total((await ask(root, cache)).activity)).toBe(2);
    await writeFile(join(root, 'c.json'), log(record()));
    expect(total((await ask(root, cache)).activity)).toBe(3);
    await writeFile(join(root, 'c.json'), log(record(), record()));
    expect(total((await ask(root, cache)).activity)).toBe(4);
    await rm(join(root, 'a.json'));
    expect(total((await ask(root, cache)).activity)).toBe(3);
  });

  it('lists the same log files with the same checksums, those of skipped names left out', async () => {
    const delivered = (time: string): string =>
      `${ACCOUNT}_CloudTrail_eu-west-1_${time}_AbCdEfGhIjKlMnOp.json.gz`;
    const packed = gzipSync(log(record(), record({ eventTime: '2026-07-03T10:00:00Z' })));
    const root = await folder({
      [`a/${delivered('20260703T1000Z')}`]: packed,
      [delivered('20250703T1000Z')]: packed,
      'b.ndjson': `${JSON.stringify(record({ eventTime: '2026-01-01T00:00:00Z' }))}\nnot JSON\n`,
    });
    const cache = await newCache();
    const plain = await ask(root);
    expect(plain.notes.counts).toMatchObject({ filesRead: 2, filesOutsidePeriod: 1 });
    expect(plain.notes.logFiles).toMatchObject([
      {
        name: `a/${delivered('20260703T1000Z')}`,
        sha256: createHash('sha256').update(packed).digest('hex'),
        bytes: packed.length,
        records: 2,
        newest: '2026-07-03T10:00:00Z',
        status: 'read',
      },
      { name: 'b.ndjson', records: 1, newest: null, status: 'damaged' },
    ]);
    for (const request of [{}, {}, { accountIds: [ACCOUNT, OTHER] }]) {
      const { logFiles } = (await ask(root, cache, request)).notes;
      expect(logFiles).toEqual(plain.notes.logFiles);
    }
  });

  it('takes a file of the same size and the same time for changed, when it was written', async () => {
    const root = await folder({ 'a.json': log(record({ eventName: 'GetA' })) });
    const path = join(root, 'a.json');
    await utimes(path, 1, 1);
    const cache = await newCache();
    await ask(root, cache);
    await writeFile(path, (await readFile(path, 'utf8')).replace('GetA', 'GetB'));
    await utimes(path, 1, 1);
    expect((await ask(root, cache)).activity).toMatchObject([{ eventName: 'GetB' }]);
  });

  it('takes a file of the same size and another time for changed', async () => {
    const root = await folder({ 'a.json': log(record({ eventName: 'GetA' })) });
    const cache = await newCache();
    await ask(root, cache);
    const path = join(root, 'a.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('GetA', 'GetB'));
    await utimes(path, 1, 1);
    expect((await ask(root, cache)).activity).toMatchObject([{ eventName: 'GetB' }]);
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ['cut off', async (path) => writeFile(path, (await readFile(path)).subarray(0, -1))],
    ['longer', (path) => appendFile(path, 'x')],
    ['empty', (path) => writeFile(path, '')],
    [
      'changed in one bit',
      async (path) => {
        const bytes = await readFile(path);
        bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1;
        await writeFile(path, bytes);
      },
    ],
  ])('is made anew where it is %s', async (_, damage) => {
    const root = await folder({ 'a.json': log(record()), 'b.json': log(record()) });
    const cache = await newCache();
    const before = await ask(root, cache);
    const names = (await filesOf(cache, '')).filter((path) => /\.(rows|json)$/.test(path));
    expect(names).toHaveLength(11);
    for (const path of names) {
      await damage(path);
      expect(await ask(root, cache)).toEqual(before);
    }
    for (const path of names) await damage(path);
    expect(await ask(root, cache)).toEqual(before);
    expect(await ask(root, cache)).toEqual(before);
  });

  it('tries files again that could not be opened', async () => {
    const root = await folder({ 'a.json': log(record()) });
    await symlink('nowhere', join(root, 'b.json'));
    const cache = await newCache();
    for (let run = 0; run < 2; run += 1)
      expect((await ask(root, cache)).notes.counts).toMatchObject({ filesRead: 1, filesFailed: 1 });
    expect(await filesOf(cache, '.rows')).toEqual([]);
  });

  it('remembers that a file is damaged', async () => {
    const root = await folder({ 'a.json': log(record()), 'b.json': 'damaged' });
    const cache = await newCache();
    const first = await ask(root, cache);
    expect(first.notes).toMatchObject({
      counts: { filesRead: 1, filesFailed: 1 },
      incomplete: [{ accountId: null, reason: '1 log file could not be read' }],
    });
    expect(await filesOf(cache, 'seal.json')).toHaveLength(1);
    expect(await ask(root, cache)).toEqual(first);
  });

  it('removes what a run left that was killed while it wrote', async () => {
    const root = await folder({ 'a.json': log(record()) });
    const cache = await newCache();
    await ask(root, cache);
    const [seal = ''] = await filesOf(cache, 'seal.json');
    const parent = join(seal, '..', '..');
    const [killed, writing] = [unfinished(), unfinished()];
    await mkdir(join(parent, killed));
    await mkdir(join(parent, writing));
    await utimes(join(parent, killed), 1, 1);
    await ask(root, cache, { accountIds: [OTHER] });
    const left = await readdir(parent);
    expect(left).toHaveLength(3);
    expect(left).toContain(writing);
  });

  it('says when it cannot be written', async () => {
    const root = await folder({ 'a.json': log(record()) });
    const messages: string[] = [];
    const onProgress = (message: string): void => void messages.push(message);
    const file = join(root, 'a.json');
    expect(total((await ask(root, file, { onProgress })).activity)).toBe(1);
    expect(messages.at(-1)).toMatch(/^Cannot write to the cache .*a\.json: ENOTDIR/);
  });

  it('is of its owner only', async () => {
    const root = await folder({ 'a.json': log(record()) });
    const cache = await newCache();
    await ask(root, cache);
    for (const path of await filesOf(cache, '')) expect((await stat(path)).mode & 0o077).toBe(0);
  });
});
