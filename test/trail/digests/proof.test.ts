import { describe, expect, it } from 'vitest';
import { parseDigest, type Digest } from '../../../src/trail/digests/digest.js';
import { proveLogs, type Proved } from '../../../src/trail/digests/proof.js';
import { parsePublicKeys } from '../../../src/trail/digests/public-keys.js';
import { DigestChain, publicKeyList, sha256, type Delivered } from '../../support/digest-files.js';

const A = '111122223333';
const period = { start: '2026-07-01T00:00:00Z', end: '2026-07-04T00:00:00Z' };
const DAYS = ['2026-07-01', '2026-07-02', '2026-07-03'];
/** The first hour begins before the period, and the last ends an hour after it. */
const FIRST = '2026-06-30T23:01:31Z';
const HOURS = 75;
const at = (hour: number): string =>
  `${new Date(Date.parse(FIRST) + hour * 3_600_000).toISOString().slice(0, 19)}Z`;

const whole = (region?: string, trail?: string): DigestChain =>
  new DigestChain(A, region, trail).hours(FIRST, HOURS);

const logFile = (hour: number, content: string, over: Partial<Delivered> = {}): Delivered => ({
  object: `AWSLogs/${A}/CloudTrail/us-east-1/2026/07/02/${A}_CloudTrail_us-east-1_${at(hour).slice(0, 16).replaceAll(/[-:]/g, '')}Z_${content}.json.gz`,
  content,
  ...over,
});

/** A chain with a log file in one hour. */
const withLog = (file: Delivered, hour = 30): DigestChain =>
  new DigestChain(A)
    .hours(FIRST, hour)
    .hour(at(hour), [file])
    .hours(at(hour + 1), HOURS - hour - 1);

interface Given {
  readonly chains: readonly DigestChain[];
  /** Contents of log files that were read. */
  readonly read?: readonly string[];
  readonly names?: readonly string[];
  readonly failed?: readonly string[];
  /** Leaves out or changes digest files. */
  readonly change?: (digests: Digest[]) => Digest[];
  readonly keys?: boolean;
}

function prove({
  chains,
  read = [],
  names = [],
  failed = [],
  change = (all) => all,
  keys = false,
}: Given): Proved {
  const digests = chains.flatMap(({ files }) =>
    files.map(({ content }) => {
      const parsed = parseDigest(Buffer.from(content));
      if (!parsed.ok) throw new Error(parsed.reason);
      return parsed.digest;
    }),
  );
  const publicKeys = keys ? parsePublicKeys(publicKeyList()) : new Map();
  if (typeof publicKeys === 'string') throw new Error(publicKeys);
  const contents = new Set(read.map(sha256));
  return proveLogs(change(digests), { period, publicKeys, contents, names, failed: new Set(failed) });
}

const A_LOG = logFile(30, 'a');
const drop =
  (...hours: readonly number[]) =>
  (digests: Digest[]): Digest[] =>
    digests.filter((_, index) => !hours.includes(index));
const digestAt = (hour: number): string => whole().files[hour]?.object ?? '';
const brokenAt = (hour: number): DigestChain =>
  new DigestChain(A)
    .hours(FIRST, hour)
    .hour(at(hour + 5), [], { starts: true })
    .hours(at(hour + 6), HOURS - hour - 6);

const cases: [string, Given, readonly string[], readonly [string, string, string][]][] = [
  ['hours without log files', { chains: [whole()] }, DAYS, []],
  ['a listed log file that was read', { chains: [withLog(A_LOG)], read: ['a'] }, DAYS, []],
  [
    'a listed log file under another name',
    { chains: [withLog(A_LOG)], read: ['a'], names: ['july.json'] },
    DAYS,
    [],
  ],
  [
    'a log file that is missing',
    { chains: [withLog(A_LOG)], read: ['b'], names: ['b.json'] },
    ['2026-07-01', '2026-07-03'],
    [['log file', 'missing', A_LOG.object]],
  ],
  [
    'a log file that is changed',
    { chains: [withLog(A_LOG)], read: ['b'], names: [A_LOG.object] },
    ['2026-07-01', '2026-07-03'],
    [['log file', 'changed', A_LOG.object]],
  ],
  [
    'a log file that is changed, unpacked and in another folder',
    { chains: [withLog(A_LOG)], names: [`logs/${A_LOG.object.split('/').at(-1)?.slice(0, -3) ?? ''}`] },
    ['2026-07-01', '2026-07-03'],
    [['log file', 'changed', A_LOG.object]],
  ],
  [
    'a log file that could not be read, which is said elsewhere',
    { chains: [withLog(A_LOG)], names: [A_LOG.object], failed: [A_LOG.object] },
    ['2026-07-01', '2026-07-03'],
    [],
  ],
  [
    'a missing log file with events after the period only',
    { chains: [withLog(logFile(73, 'a', { oldest: period.end, newest: period.end }), 73)] },
    DAYS,
    [],
  ],
  [
    'a digest file that is missing',
    { chains: [whole()], change: drop(30) },
    ['2026-07-01', '2026-07-03'],
    [['digest file', 'missing', digestAt(30)]],
  ],
  [
    'digest files that begin within the period',
    { chains: [whole()], change: drop(...Array(20).keys()) },
    DAYS.slice(1),
    [],
  ],
  [
    'digest files that end with the period',
    { chains: [whole()], change: drop(73, 74) },
    DAYS.slice(0, 2),
    [],
  ],
  [
    'a digest file that is changed',
    {
      chains: [whole()],
      change: (all) =>
        all.map((digest, index) => (index === 30 ? { ...digest, sha256: sha256('x') } : digest)),
    },
    ['2026-07-01', '2026-07-03'],
    [['digest file', 'changed', digestAt(30)]],
  ],
  ['two copies of a digest file', { chains: [whole()], change: (all) => [...all, ...all] }, DAYS, []],
  [
    'two different copies of a digest file',
    {
      chains: [whole()],
      change: (all) => [...all, ...all.slice(30, 31).map((digest) => ({ ...digest, sha256: sha256('x') }))],
    },
    ['2026-07-01', '2026-07-03'],
    [['digest file', 'changed', digestAt(30)]],
  ],
  ['hours in which validation was off', { chains: [brokenAt(30)] }, ['2026-07-01', '2026-07-03'], []],
  [
    'a backfill digest whose log file was read',
    { chains: [whole(), new DigestChain(A).hour(at(30), [A_LOG], { backfill: true })], read: ['a'] },
    DAYS,
    [],
  ],
  [
    'a backfill digest whose log file is missing',
    { chains: [whole(), new DigestChain(A).hour(at(30), [A_LOG], { backfill: true })] },
    DAYS,
    [['log file', 'missing', A_LOG.object]],
  ],
  ['backfill digests only', { chains: [new DigestChain(A).hour(at(30), [], { backfill: true })] }, [], []],
  ['another Region that is whole too', { chains: [whole(), whole('eu-west-1')] }, DAYS, []],
  [
    'another Region that begins within the period',
    { chains: [whole(), new DigestChain(A, 'eu-west-1').hours(at(20), HOURS - 20)] },
    DAYS.slice(1),
    [],
  ],
  [
    'a log file of a Region without digest files',
    { chains: [whole()], names: [`${A}_CloudTrail_eu-west-1_20260702T1000Z_x.json.gz`] },
    [],
    [],
  ],
  [
    'log files of a Region without digest files, from before the period or of another account',
    {
      chains: [whole()],
      names: [
        `${A}_CloudTrail_eu-west-1_20260602T1000Z_x.json.gz`,
        '444455556666_CloudTrail_eu-west-1_20260702T1000Z_x.json.gz',
      ],
    },
    DAYS,
    [],
  ],
  [
    'another trail that ends within the period',
    { chains: [whole(), new DigestChain(A, 'us-east-1', 'data').hours(FIRST, 40)] },
    ['2026-07-01'],
    [],
  ],
];

describe('logs with digest files', () => {
  it.each(cases)('%s', (_, given, days, problems) => {
    const { coverage, problems: found } = prove(given);
    expect(coverage.get(A)?.provenDays).toEqual(days);
    expect(found.map(({ kind, state, object }) => [kind, state, object])).toEqual(problems);
  });

  it('count digest files, Regions and valid signatures; the newest of each chain has its signature elsewhere', () => {
    const chains = [whole(), whole('eu-west-1')];
    expect(prove({ chains }).coverage.get(A)).toMatchObject({
      files: 150,
      signed: 0,
      regions: ['eu-west-1', 'us-east-1'],
    });
    expect(prove({ chains, keys: true }).coverage.get(A)).toMatchObject({ files: 150, signed: 148 });
  });

  it('do not prove a day with a digest file whose signature is invalid', () => {
    const forge = (digest: Digest): Digest => ({ ...digest, signedText: `${digest.signedText} ` });
    const change = (all: Digest[]): Digest[] =>
      all.map((digest, hour) => (hour === 30 ? forge(digest) : digest));
    const { coverage, problems } = prove({ chains: [whole()], change, keys: true });
    expect(coverage.get(A)?.provenDays).toEqual(['2026-07-01', '2026-07-03']);
    expect(problems).toMatchObject([{ kind: 'digest file', state: 'changed', object: digestAt(30) }]);
  });

  it('are told apart by account', () => {
    const { coverage } = prove({ chains: [whole(), new DigestChain('444455556666').hours(FIRST, 30)] });
    expect([...coverage].map(([account, { provenDays }]) => [account, provenDays.length])).toEqual([
      [A, 3],
      ['444455556666', 1],
    ]);
  });
});
