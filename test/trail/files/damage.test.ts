import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TrailError } from '../../../src/trail/errors.js';
import { insightRecord } from '../../support/cloudtrail.js';
import { ACCOUNT, OTHER, answers, folder, log, record, total } from './helpers.js';

const one = record();
const two = record();

describe('containers', () => {
  it.each<[string, string, string | Buffer]>([
    ['CloudTrail file', 'a.json', log(one, two)],
    ['packed CloudTrail file', 'a.json.gz', gzipSync(log(one, two))],
    ['packed file without the ending', 'a.json', gzipSync(log(one, two))],
    ['byte order mark', 'a.json', `\uFEFF${log(one, two)}`],
    ['indented file', 'a.json', JSON.stringify({ Records: [one, two] }, null, 2)],
    ['array', 'a.json', JSON.stringify([one, two])],
    ['record a line', 'a.ndjson', `${JSON.stringify(one)}\r\n\n${JSON.stringify(two)}\n`],
    ['packed record a line', 'a.jsonl.gz', gzipSync(`${JSON.stringify(one)}\n${JSON.stringify(two)}`)],
    ['CloudTrail file a line', 'a.jsonl', `${log(one)}\n${log(two)}\n`],
    [
      'lookup-events',
      'a.json',
      JSON.stringify({ Events: [one, two].map((r) => ({ CloudTrailEvent: JSON.stringify(r) })) }),
    ],
    [
      'lookup-events a line',
      'a.json',
      [one, two].map((r) => JSON.stringify({ CloudTrailEvent: JSON.stringify(r) })).join('\n'),
    ],
  ])('reads a %s', async (_name, path, contents) => {
    const { activity, notes } = await answers(await folder({ [`deep/er/${path}`]: contents }));
    expect(total(activity)).toBe(2);
    expect(notes.warnings).toEqual([]);
    expect(notes.incomplete).toEqual([]);
  });

  it('counts digest files and skips Insight events', async () => {
    const { activity, notes } = await answers(
      await folder({
        'd.json': JSON.stringify({ digestStartTime: '2026-07-02T00:00:00Z', logFiles: [] }),
        'i.json': log(
          one,
          record({ eventCategory: 'Insight' }),
          insightRecord(ACCOUNT, '2026-07-02T10:00:00Z'),
        ),
        'l.json': ['11', '12']
          .map((hour) => JSON.stringify(insightRecord(ACCOUNT, `2026-07-02T${hour}:00:00Z`)))
          .join('\n'),
      }),
    );
    expect(total(activity)).toBe(1);
    expect(notes.counts).toMatchObject({ digestFiles: 1, insightRecords: 4 });
    expect(notes.counts['malformedRecords'] ?? 0).toBe(0);
    expect(notes.warnings).toEqual([]);
  });
});

describe('damage stays in its file, is named, and makes its account incomplete', () => {
  const good = { 'good.json': log(one) };
  it.each<[string, string, string | Buffer]>([
    ['truncated gzip', 'bad.json.gz', gzipSync(log(one, two)).subarray(0, 60)],
    ['no gzip', 'bad.json.gz', 'hello'],
    ['no bytes', 'bad.json.gz', ''],
    ['no bytes, plain', 'bad.json', ''],
    ['cut off', 'bad.json', log(two).slice(0, -30)],
    [
      'cut off after lines that are JSON by chance',
      'bad.json',
      JSON.stringify(
        { Records: [record({ requestParameters: { names: ['x', 'y'], empty: [{}] } })] },
        null,
        2,
      ).slice(0, -9),
    ],
  ])('%s', async (_name, path, contents) => {
    const { activity, notes } = await answers(await folder({ ...good, [path]: contents }));
    expect(total(activity)).toBe(1);
    expect(notes.warnings.some((warning) => warning.startsWith(`${path} was not read: `))).toBe(true);
    expect(notes.counts).toMatchObject({ filesRead: 1, filesFailed: 1 });
    expect(notes.incomplete).toEqual([{ accountId: null, reason: '1 log file could not be read' }]);
  });

  it.each<[string, string]>([
    ['a file', '['.repeat(2_000_000)],
    ['a record', `{"Records":[{"requestParameters":${'['.repeat(2_000_000)}`],
    ['a line', `${JSON.stringify(one)}\n${'["]",'.repeat(2_000_000)}`],
  ])('does not take the memory for %s of millions of levels', async (_name, text) => {
    const { notes } = await answers(await folder({ ...good, 'bad.json.gz': gzipSync(text) }));
    expect(notes.warnings).toContain('bad.json.gz was not read: the JSON is nested too deeply.');
  });

  it('loses only the bad line', async () => {
    const lines = [JSON.stringify(one), '{"eventVersion', JSON.stringify(two)].join('\n');
    const { activity, notes } = await answers(await folder({ 'a.ndjson': lines }));
    expect(total(activity)).toBe(2);
    expect(notes.warnings).toContain('a.ndjson was read in part: 1 line is not JSON (line 2).');
    expect(notes.incomplete).toEqual([
      { accountId: null, reason: '1 log file could not be read completely' },
    ]);
  });

  it.each(['2026-07-02T99:00:00Z', 'yesterday', 12, null])(
    'leaves out a record of the time %j',
    async (eventTime) => {
      for (const files of [
        { 'a.json': log(one, record({ eventTime })) },
        { 'a.json': log(record({ eventTime })), 'b.json': log(one) },
      ]) {
        const { activity, notes } = await answers(await folder(files));
        expect(total(activity)).toBe(1);
        expect(notes.counts.filesFailed).toBe(0);
      }
    },
  );

  it('counts what is no record', async () => {
    const { notes } = await answers(
      await folder({ 'a.json': log(one, null, 'text', 7, [], {}, { eventName: 'X' }) }),
    );
    expect(notes.counts).toMatchObject({ recordsRead: 7, malformedRecords: 6, events: 1 });
  });

  it('finds the account in the name that AWS gives', async () => {
    const bad = `AWSLogs/${OTHER}/CloudTrail/us-east-1/2026/07/02/${OTHER}_CloudTrail_us-east-1_20260702T1000Z_x.json.gz`;
    const root = await folder({ ...good, [bad]: 'x' });
    expect((await answers(root, { accountIds: [ACCOUNT, OTHER] })).notes.incomplete).toEqual([
      { accountId: OTHER, reason: '1 log file could not be read' },
    ]);
    expect((await answers(root)).notes.incomplete).toEqual([]);
  });

  it('names the first 20 and the number of the others', async () => {
    const bad = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`bad${10 + i}.json`, 'x']));
    const { notes } = await answers(await folder({ ...good, ...bad }));
    expect(notes.warnings).toHaveLength(21);
    expect(notes.warnings).toContain('5 more files were not read.');
  });
});

describe('folders', () => {
  it('says what to do about a folder that is missing, empty or a file', async () => {
    const root = await folder({ 'notes.txt': 'x', 'a.json': log(one) });
    for (const path of [
      join(root, 'none'),
      join(root, 'a.json'),
      await mkdtemp(join(tmpdir(), 'cloudtracker-')),
    ]) {
      await expect(answers(path)).rejects.toThrow(TrailError);
      await expect(answers(path)).rejects.toThrow(path);
    }
  });
  it('ends on a symbolic link to a folder above', async () => {
    const root = await folder({ 'a/a.json': log(one) });
    await symlink(root, join(root, 'a', 'loop'));
    expect(total((await answers(root)).activity)).toBe(1);
  });
});
