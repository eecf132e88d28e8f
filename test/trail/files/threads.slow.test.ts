import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { openFilesTrail } from '../../../src/trail/files/open.js';
import { DAY_SECONDS } from '../../../src/base/time.js';
import { compileSource, linkPackage } from '../../support/compile-source.js';
import { ACCOUNT, answers, folder, log, record } from './helpers.js';
import { delivered, quarter, QUARTER, START } from './quarter.js';

const role = `arn:aws:iam::${ACCOUNT}:role/team/one`;
const inSession = (name: string, resource: string): Record<string, unknown> =>
  record({
    resources: [{ ARN: resource }],
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/one/${name}`,
      accountId: ACCOUNT,
      sessionContext: { sessionIssuer: { type: 'Role', arn: role, principalId: 'AROA1' } },
    },
  });

describe('reading in threads', () => {
  it('answers the same with any number of threads, duplicates and damage included', async () => {
    const twice = record({ eventName: 'CreateBucket' });
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        `${10 + i}.json`,
        i === 7
          ? 'damaged'
          : log(
              twice,
              inSession(`person${i % 3}`, `arn:aws:s3:::bucket${10 + i}`),
              record({ eventName: `Get${i % 4}`, eventTime: `2026-07-02T10:00:${10 + i}Z` }),
            ),
      ]),
    );
    const root = await folder(files);
    const alone = await answers(root, { concurrency: 1 });
    expect(alone.notes.counts).toMatchObject({
      duplicateRecords: 28,
      events: 59,
      filesFailed: 1,
      filesRead: 29,
    });
    expect(alone.people.map((row) => [row.sessionName, row.count])).toEqual([
      ['person0', 10],
      ['person1', 9],
      ['person2', 10],
    ]);
    expect(alone.resources.find((row) => row.actor.arn === role)).toMatchObject({ complete: false });
    for (const concurrency of [2, 5]) expect(await answers(root, { concurrency })).toEqual(alone);
  });

  it('leaves a thread without files where there are few', async () => {
    const root = await folder({
      'a.json': log(record()),
      'b.json': log(record({ eventName: 'CreateBucket' })),
    });
    const { notes } = await answers(root, { concurrency: 2 });
    expect(notes.counts).toMatchObject({ events: 2, filesRead: 2 });
  });

  it.each([
    ['as their names tell', 0.8, 0],
    ['or once more, where one has an event from days before', 6, 0],
    ['or twice more, where one has an event from long before', 0.8, 80],
  ])('answers the same in the order of delivery %s', async (_, latest, days) => {
    const files = quarter(latest * DAY_SECONDS);
    const [copy = ''] = Object.values(files);
    files[delivered(ACCOUNT, START + days * DAY_SECONDS, 'copy')] = copy;
    const root = await folder(files);
    const threads = await answers(root, { period: QUARTER, concurrency: 3 });
    expect(threads).toEqual(await answers(root, { period: QUARTER, concurrency: 1 }));
    expect(threads.notes.counts).toMatchObject({ filesRead: 1473 });
  });

  it('reads everything again without a file that its thread died of', async () => {
    const root = await mkdtemp(join(tmpdir(), 'cloudtracker-dying-'));
    await compileSource(join(root, 'dist'));
    await linkPackage(root);
    const worker = join(root, 'dist/trail/files/read/reader-worker.js');
    const code = await readFile(worker, 'utf8');
    const dying = code.replace(
      /(const result = await reader\.read\(path\);)/,
      "if (path.includes('fatal')) process.exit(1); $1",
    );
    expect(dying).not.toBe(code);
    await writeFile(worker, dying);
    const open = pathToFileURL(join(root, 'dist/trail/files/open.js')).href;
    const dyingSource = (await import(open)) as { readonly openFilesTrail: typeof openFilesTrail };
    const files = (names: readonly string[]): Record<string, string> =>
      Object.fromEntries(
        names.map((name, i) => [name, log(record({ eventTime: `2026-07-02T10:00:${10 + i}Z` }))]),
      );
    const logs = await folder(files(['a.json', 'b.json', 'fatal1.json', 'c.json', 'd.json', 'fatal2.json']));
    const { notes } = await answers(logs, { concurrency: 2 }, dyingSource.openFilesTrail);
    expect(notes.counts).toMatchObject({ events: 4, filesFailed: 2, filesRead: 4, recordsRead: 4 });
    expect(notes.warnings).toEqual([
      'fatal1.json was not read: the reader thread ended.',
      'fatal2.json was not read: the reader thread ended.',
    ]);
    const hopeless = await folder(files(Array.from({ length: 12 }, (_, i) => `fatal${i}.json`)));
    await expect(answers(hopeless, {}, dyingSource.openFilesTrail)).rejects.toThrow(
      'could not be read: a reader thread crashed',
    );
  });
});
