import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, OTHER, answers, folder, log, record, total } from './helpers.js';

const name = (account: string, kind: string, region: string, time: string): string =>
  `${account}_CloudTrail${kind}_${region}_${time}Z_AbC123xyz.json.gz`;
const gz = (...records: unknown[]): Buffer => gzipSync(log(...records));

/** Root may read everything. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('logs as AWS delivers them', () => {
  it('reads an organisation trail of several accounts and regions', async () => {
    const at = (account: string, region: string): string =>
      `AWSLogs/o-abc123def4/${account}/CloudTrail/${region}/2026/07/02/${name(account, '', region, '20260702T1005')}`;
    const { activity, notes } = await answers(
      await folder({
        [at(ACCOUNT, 'us-east-1')]: gz(record()),
        [at(ACCOUNT, 'us-gov-west-1')]: gz(record()),
        [at(OTHER, 'eu-central-1')]: gz(record({ recipientAccountId: OTHER })),
      }),
      { accountIds: [ACCOUNT, OTHER] },
    );
    expect(total(activity)).toBe(3);
    expect(notes.counts).toMatchObject({ filesRead: 3, filesFailed: 0 });
  });

  it('counts digest and Insight files, and names a digest file that is none', async () => {
    const root = `AWSLogs/${ACCOUNT}`;
    const { activity, notes } = await answers(
      await folder({
        [`${root}/CloudTrail/us-east-1/2026/07/02/${name(ACCOUNT, '', 'us-east-1', '20260702T1005')}`]:
          gz(record()),
        [`${root}/CloudTrail-Insight/us-east-1/2026/07/02/${name(ACCOUNT, '-Insight', 'us-east-1', '20260702T1005')}`]:
          'not even gzip',
        [`${root}/CloudTrail-Digest/us-east-1/2026/07/02/${ACCOUNT}_CloudTrail-Digest_us-east-1_my-trail_us-east-1_20260702T100500Z.json.gz`]:
          'not even gzip',
      }),
    );
    expect(total(activity)).toBe(1);
    expect(notes.counts).toMatchObject({ filesRead: 1, filesFailed: 0, digestFiles: 1, insightFiles: 1 });
    expect(notes.warnings).toEqual([
      expect.stringMatching(/CloudTrail-Digest.*: this digest file was not read: not JSON\.$/),
    ]);
  });

  it('skips files delivered before sessions of the period can have begun, or long after its end', async () => {
    const delivered = (time: string): string => name(ACCOUNT, '', 'us-east-1', time);
    const { activity, notes } = await answers(
      await folder({
        [delivered('20260628T1100')]: 'would fail',
        [delivered('20260629T1300')]: gz(record({ eventTime: '2026-06-29T12:00:00Z' })),
        [delivered('20260702T1005')]: gz(record()),
        // Late.
        [delivered('20260710T2355')]: gz(record()),
        [delivered('20260711T0005')]: 'would fail',
        // No name of AWS's, and so read.
        '20260101.json.gz': gz(record()),
      }),
    );
    expect(total(activity)).toBe(3);
    expect(notes.counts).toMatchObject({ filesRead: 4, filesFailed: 0, filesOutsidePeriod: 2 });
  });

  it('reads JSON lines as Athena and CloudTrail Lake write them', async () => {
    const lines = Array.from({ length: 500 }, () => JSON.stringify(record())).join('\n');
    const { activity, notes } = await answers(
      await folder({ 'lake.json': lines, 'athena.json.gz': gzipSync(lines) }),
    );
    // The same events twice.
    expect(total(activity)).toBe(500);
    expect(notes.counts).toMatchObject({ duplicateRecords: 500, malformedRecords: 0 });
  });
});

describe('files that are not what they seem', () => {
  it.each<[string, number, string]>([
    ['a small one', 40, 'the decompressed content exceeds 16 MB'],
    ['a large one', 700, 'the decompressed content exceeds '],
  ])('cuts a gzip bomb off: %s', async (_, megabytes, reason) => {
    const bomb = gzipSync(Buffer.alloc(megabytes * 1024 * 1024, ' '), { level: 9 });
    const { activity, notes } = await answers(
      await folder({ 'bomb.json.gz': bomb, 'a.json': log(record()) }),
    );
    expect(total(activity)).toBe(1);
    expect(notes.warnings[0]).toContain(`bomb.json.gz was not read: ${reason}`);
    expect(notes.counts).toMatchObject({ filesRead: 1, filesFailed: 1 });
  });

  it('does not believe a size that a file claims', async () => {
    const lying = Buffer.from(gzipSync(log(record())));
    lying.writeUInt32LE(0xffffffff, lying.length - 4);
    const { notes } = await answers(await folder({ 'lying.json.gz': lying, 'a.json': log(record()) }));
    expect(notes.counts).toMatchObject({ filesRead: 1, filesFailed: 1 });
  });

  it('reads gzip files put together, as logs are packed again', async () => {
    const both = Buffer.concat([
      gzipSync(`${JSON.stringify(record())}\n`),
      gzipSync(JSON.stringify(record())),
    ]);
    expect(total((await answers(await folder({ 'a.jsonl.gz': both }))).activity)).toBe(2);
  });

  it('ends on symbolic links that lead in a circle or nowhere', async () => {
    const root = await folder({ 'a/a.json': log(record()) });
    await symlink(join(root, 'b.json'), join(root, 'c.json'));
    await symlink(join(root, 'c.json'), join(root, 'b.json'));
    await symlink('none', join(root, 'd.json'));
    const { activity, notes } = await answers(root);
    expect(total(activity)).toBe(1);
    expect(notes.counts.filesFailed).toBe(3);
  });

  it('names folders and files that may not be read', async () => {
    const root = await folder({ 'a.json': log(record()), 'b.json': log(record()) });
    await chmod(join(root, 'b.json'), 0);
    await mkdir(join(root, 'closed'), { mode: 0 });
    await chmod(root, 0o755);
    const { notes } = await asNobody(() => answers(root));
    expect(notes.counts.filesFailed).toBe(2);
    expect(notes.incomplete).toHaveLength(1);
  });
});

describe('names of log files', () => {
  const UUID = '0a1b2c3d-0000-4000-8000-00000000000f';
  it.each([
    ...[
      'a.JSON',
      'a.json.gz',
      'a.ndjson',
      'a.log',
      'a.txt',
      'a.log.gz',
      'a.json.1',
      'a.log.2.gz',
      'none.gz.json',
    ],
    ...['000000.gz', '000000', '000000_gz', 'trail.gz', `trail-1-2026-07-02-10-00-00-${UUID}`],
    ...[`my.trail-1-2026-07-02-10-00-00-${UUID}.gz`, `20260702_100000_00001_abcde_${UUID}`, UUID],
  ])('%s', async (path) => {
    const { activity, notes } = await answers(await folder({ [path]: gzipSync(log(record())) }));
    expect(total(activity)).toBe(1);
    expect(notes).toMatchObject({ warnings: [], incomplete: [], counts: { filesRead: 1 } });
  });

  it.each([
    ...[
      '.DS_Store',
      '._a.json.gz',
      '.hidden',
      'README',
      'README.md',
      'README.txt',
      'LICENSE',
      'SHA256SUMS',
      'sha256sums.txt',
    ],
    ...['aws-logs-write-test', 'ConfigWritabilityCheckFile'],
  ])('no log file, without a word: %s', async (path) => {
    const { activity, notes } = await answers(
      await folder({ [path]: log(record()), 'a.json': log(record()) }),
    );
    expect(total(activity)).toBe(1);
    expect(notes).toMatchObject({ warnings: [], incomplete: [], counts: { filesRead: 1 } });
  });

  it('other files are counted, and so is text without JSON', async () => {
    const other = ['a.csv', 'b.csv', 'c.csv.gz', 'd.tar.gz', 'e.zip', 'f.parquet', 'g.yaml', 'h'];
    const text = ['notes.txt', 'access.log', 'accounts.txt', 'flow.log.gz', 'backup.gz'];
    const { notes } = await answers(
      await folder({
        ...Object.fromEntries([...other, ...text].map((path) => [path, '2 123456789012 eni-1 ACCEPT OK'])),
        'accounts.txt': '123456789012\n210987654321\n',
        'empty.csv': '',
        'a.json': log(record()),
      }),
    );
    expect(notes.warnings).toEqual([
      '13 files skipped, not log files: 2 .csv, 1 .csv.gz, 1 .gz, 1 .log, 1 .log.gz, 1 .parquet, 1 .tar.gz, 2 .txt, 1 .yaml, 1 .zip, 1 without extension.',
    ]);
    expect(notes.incomplete).toEqual([]);
    expect(notes.counts).toMatchObject({ filesRead: 1, filesFailed: 0 });
    expect(notes.logFiles?.map(({ name: path }) => path)).toEqual(['a.json']);
  });

  it('text with JSON that is no CloudTrail is a log file that is not read', async () => {
    const { notes } = await answers(
      await folder({ 'app.log': '{"level":"info"}\n', 'a.json': log(record()) }),
    );
    expect(notes.warnings).toEqual([
      'app.log was not read: the file contains no CloudTrail record (record 1: an object with the key level).',
    ]);
    expect(notes.incomplete).toEqual([{ accountId: null, reason: '1 log file could not be read' }]);
  });

  it.each([
    `AWSLogs/${ACCOUNT}/${name(ACCOUNT, '', 'us-east-1', '20260702T1005')}.zst`,
    `AWSLogs/${ACCOUNT}/${name(ACCOUNT, '', 'us-east-1', '20260702T1005')}.6eF5d5dA`,
    `AWSLogs/${ACCOUNT}/records.json.zip`,
    `AWSLogs/${ACCOUNT}/records.ndjson.part`,
  ])('a log file in a format that is not read, or downloaded in part: %s', async (path) => {
    const { notes } = await answers(await folder({ [path]: 'x', 'a.json': log(record()) }));
    expect(notes.warnings).toEqual([
      `${path} was not read: files in this format are not read: unpack it, or complete the download.`,
    ]);
    expect(notes.incomplete).toEqual([{ accountId: ACCOUNT, reason: '1 log file could not be read' }]);
    expect(notes.counts).toMatchObject({ filesRead: 1, filesFailed: 1 });
    expect([...(notes.logFiles ?? [])]).toMatchObject(
      [{ name: path, status: 'failed' }, { name: 'a.json' }].sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });

  it('an empty log file is not read, also if it is packed; files that logrotate has packed and numbered are', async () => {
    const { activity, notes } = await answers(
      await folder({ 'a.json.gz': gzipSync(''), 'b.json.gz.1': gzipSync(log(record())) }),
    );
    expect(total(activity)).toBe(1);
    expect(notes.warnings).toEqual(['a.json.gz was not read: the file is empty.']);
  });

  it('a folder without log files is an error that says what is there', async () => {
    const root = await folder({ 'events.csv': 'x', 'events.yaml': 'x', 'logs.json.zip': 'x' });
    await expect(answers(root)).rejects.toThrow('only other files (1 .csv, 1 .yaml, 1 .zip)');
  });

  it('files of other services and kinds beside the trail are counted by their names', async () => {
    const at = `AWSLogs/${ACCOUNT}`;
    const date = 'us-east-1/2026/07/02';
    const { notes } = await answers(
      await folder({
        'a.json': log(record()),
        [`${at}/CloudTrail-Aggregated/${date}/${name(ACCOUNT, '-Aggregated', 'us-east-1', '20260702T1005')}`]:
          'x',
        [`${at}/Config/${date}/ConfigHistory/${ACCOUNT}_Config_us-east-1_ConfigHistory_AWS::IAM::Role_20260702T100000Z_20260702T110000Z_1.json.gz`]:
          'x',
        [`${at}/Config/${date}/ConfigSnapshot/${ACCOUNT}_Config_us-east-1_ConfigSnapshot_20260702T100000Z_${UUID}.json.gz`]:
          'x',
        [`${at}/vpcflowlogs/${date}/${ACCOUNT}_vpcflowlogs_us-east-1_fl-1_20260702T1000Z_x.log.gz`]: 'x',
        [`${at}/GuardDuty/${date}/${UUID}.jsonl.gz`]: 'x',
      }),
    );
    expect(notes).toMatchObject({
      warnings: [],
      incomplete: [],
      counts: { filesRead: 1, filesFailed: 0, aggregatedFiles: 1, configFiles: 2, otherServiceFiles: 2 },
    });
  });
});
