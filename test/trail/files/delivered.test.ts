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

  it('leaves digests and Insight files unread, and counts them', async () => {
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
    expect(notes.warnings).toEqual([]);
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
    ['a small one', 40, 'unpacks to more than 16 MB: cut off'],
    ['a large one', 700, 'unpacks to more than '],
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
