import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.js';
import { ENGINES } from '../../../src/trail/engines.js';
import type { LogSource } from '../../../src/trail/source.js';
import { DigestChain, publicKeyList } from '../../support/digest-files.js';
import { ACCOUNT, answers, folder, log, OTHER, period, record, type Answers } from './helpers.js';

const FIRST = '2026-06-30T23:01:31Z';
/** The last ends an hour after the period. */
const HOURS = 74;
const DAYS = ['2026-07-01', '2026-07-02', '2026-07-03'];
const OBJECT = `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/07/02/${ACCOUNT}_CloudTrail_us-east-1_20260702T1005Z_AbCdEfGhIjKlMnOp.json.gz`;
/** One event of 2026-07-02; none on the other days. */
const CONTENT = log(record({ awsRegion: 'us-east-1' }));

/** A bucket with one log file, and digest files of every hour of the period. */
function bucket(): Record<string, string | Buffer> {
  const at = '2026-07-02T10:01:31Z';
  const chain = new DigestChain(ACCOUNT)
    .hours(FIRST, 35)
    .hour(at, [{ object: OBJECT, content: CONTENT }])
    .hours('2026-07-02T11:01:31Z', HOURS - 36);
  return { [OBJECT]: gzipSync(CONTENT), ...chain.gzipped() };
}

const without = <T>(files: Record<string, T>, path: string): Record<string, T> =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));

const read = async (files: Record<string, string | Buffer>): Promise<Answers> => answers(await folder(files));
const provenDays = ({ coverage }: Answers): readonly string[] | undefined => coverage[0]?.digests?.provenDays;

describe('digest files beside log files', () => {
  it('prove days, also those without events', async () => {
    const all = await read(bucket());
    expect(all.coverage).toMatchObject([
      { events: 1, emptyDays: [DAYS[0], DAYS[2]], digests: { files: HOURS, signed: 0, provenDays: DAYS } },
    ]);
    expect(all.notes).toMatchObject({ warnings: [], incomplete: [] });
  });

  it('prove log files that were unpacked, renamed or moved', async () => {
    const digests = without(bucket(), OBJECT);
    for (const name of [OBJECT.slice(0, -3), 'july.json', `copy/${OBJECT}`])
      expect(provenDays(await read({ ...digests, [name]: CONTENT }))).toEqual(DAYS);
  });

  it('prove no day where events of another Region have none, whatever their file is called', async () => {
    const elsewhere = log(record({ awsRegion: 'eu-west-1' }));
    expect(provenDays(await read({ ...bucket(), 'july.json': elsewhere }))).toEqual([]);
  });

  it('name a log file that is missing: its account is incomplete', async () => {
    const digests = without(bucket(), OBJECT);
    const all = await read({ ...digests, 'other.json': log(record({ awsRegion: 'us-east-1' })) });
    expect(provenDays(all)).toEqual([DAYS[0], DAYS[2]]);
    expect(all.notes).toMatchObject({
      warnings: [`${OBJECT}: this log file is missing.`],
      incomplete: [{ accountId: ACCOUNT, reason: '1 log file that CloudTrail delivered is missing' }],
    });
  });

  it('name a log file that is changed', async () => {
    const all = await read({
      ...bucket(),
      [OBJECT]: gzipSync(log(record({ awsRegion: 'us-east-1', eventName: 'GetObject' }))),
    });
    expect(provenDays(all)).toEqual([DAYS[0], DAYS[2]]);
    expect(all.notes).toMatchObject({
      warnings: [`${OBJECT}: this log file differs from what CloudTrail delivered.`],
      incomplete: [{ accountId: ACCOUNT, reason: '1 log file differs from what CloudTrail delivered' }],
    });
  });

  it('name a digest file that is missing or cannot be read', async () => {
    const files = bucket();
    const [missing = '', , damaged = ''] = Object.keys(files).filter((path) => path.includes('20260703T1'));
    const others = without(files, missing);
    const all = await read({ ...others, [damaged]: 'damaged' });
    expect(provenDays(all)).toEqual(DAYS.slice(0, 2));
    expect(all.notes.warnings).toEqual([
      `${missing}: this digest file is missing.`,
      `${damaged}: this digest file was not read: not JSON.`,
    ]);
    expect(all.notes.incomplete).toEqual([
      { accountId: ACCOUNT, reason: '1 digest file is missing' },
      { accountId: ACCOUNT, reason: '1 digest file could not be read' },
    ]);
  });

  it('are left alone outside the period and for other accounts', async () => {
    const other = new DigestChain(OTHER).hour('2026-07-02T10:01:31Z', [{ object: 'gone', content: '' }]);
    const early = new DigestChain(ACCOUNT).hour('2026-05-01T00:00:00Z', [{ object: 'gone', content: '' }]);
    const all = await read({ [OBJECT]: gzipSync(CONTENT), ...other.gzipped(), ...early.gzipped() });
    expect(all.notes).toMatchObject({ warnings: [], incomplete: [], counts: { digestFiles: 2 } });
    expect(all.coverage[0]?.digests).toBeUndefined();
  });
});

describe('public keys', () => {
  async function sourceWith(keys: string): Promise<LogSource> {
    const root = await mkdtemp(join(tmpdir(), 'cloudtracker-keys-'));
    const logs = await folder(bucket());
    await writeFile(join(root, 'keys.json'), keys);
    await writeFile(
      join(root, 'config.yaml'),
      `accounts: [{name: one, id: '${ACCOUNT}', iam: iam.json}]\nfiles: {path: ${logs}, public_keys: keys.json}\n`,
    );
    return (await loadConfig(join(root, 'config.yaml'), ENGINES)).source;
  }
  const request = { period, accountIds: [ACCOUNT], concurrency: 1 };

  it('of the configuration check signatures', async () => {
    const source = await sourceWith(publicKeyList());
    const { coverage, facts } = await source.inspect(request);
    expect(coverage[0]?.digests).toMatchObject({ files: HOURS, signed: HOURS - 1, provenDays: DAYS });
    expect(facts).toContainEqual({
      kind: 'line',
      label: 'digest files',
      value: `${HOURS} read, ${HOURS - 1} with a valid signature`,
    });
    expect(source.describe((path) => path.slice(-9))).toMatchObject({ publicKeys: ['keys.json'] });
  });

  it('change the fingerprint of the logs', async () => {
    const source = await sourceWith(publicKeyList());
    const before = await source.fingerprint(() => undefined);
    const [input] = source.inputs ?? [];
    await writeFile(input?.path ?? '', publicKeyList(undefined, 'another'));
    expect(await source.fingerprint(() => undefined)).not.toEqual(before);
  });

  it('that cannot be read are an error that says how to make them', async () => {
    await expect((await sourceWith('{}')).inspect(request)).rejects.toThrow(
      /keys\.json \(files\.public_keys in the configuration\) is not the output of .* Export it with: aws cloudtrail list-public-keys/,
    );
  });
});
