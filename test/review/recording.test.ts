import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import type { Catalog } from '../../src/catalog/types.js';
import type { RecordingConfig } from '../../src/config/types.js';
import { accountRecording } from '../../src/review/recording/account.js';
import { logDays } from '../../src/review/recording/days.js';
import { RecordingEvidence } from '../../src/review/recording/evidence.js';
import {
  directionOf,
  kindsOf,
  type RecordingKind,
  type RecordingVerdict,
} from '../../src/review/recording/kinds.js';

const ACCOUNT = '111111111111';
let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadCatalog();
});

describe('directionOf', () => {
  it.each([
    ['ec2:DescribeInstances', 'read'],
    ['ec2:StopInstances', 'write'],
    ['kms:Decrypt', 'read'],
    ['kms:GenerateDataKeyWithoutPlaintext', 'read'],
    ['kms:CreateKey', 'write'],
    ['sts:AssumeRoleWithSAML', 'read'],
    // Named as a read, and makes credentials; a read by its access level, under the name of a write.
    ['sts:GetFederationToken', null],
    ['logs:StartQuery', null],
    ['kms:ReEncrypt', null],
    // No action is known for these.
    ['invented:ListThings', 'read'],
    ['invented:DoThing', null],
    ['constructor:toString', null],
  ])('%s is a %s', (call, direction) => {
    const [source = '', name = ''] = call.split(':');
    expect(directionOf(catalog, `${source}.amazonaws.com`, name)).toBe(direction);
  });
});

describe('kindsOf', () => {
  it.each<[string, RecordingKind[]]>([
    ['ec2:DescribeInstances', ['read']],
    ['ec2:StopInstances', ['write']],
    ['kms:Decrypt', ['read', 'kms']],
    ['kms:ScheduleKeyDeletion', ['write', 'kms']],
    ['kms:Sign', ['read', 'write', 'kms']],
    ['iam:CreateUser', ['write', 'global']],
    ['cloudfront:GetDistribution', ['read', 'global']],
    ['sts:AssumeRole', ['read', 'sts']],
    ['logs:StartQuery', ['read', 'write']],
  ])('%s needs %j', (action, kinds) => {
    expect(kindsOf(catalog, catalog.indexOf(action) ?? -1)).toEqual(kinds);
  });
});

type Calls = Readonly<Record<string, number>>;

function verdicts(
  calls: Calls,
  stated: RecordingConfig = {},
  dataEventSources: readonly string[] = [],
): Partial<Record<RecordingKind, RecordingVerdict>> {
  const evidence = new RecordingEvidence(catalog, [
    { accountId: ACCOUNT, events: 1, first: null, last: null, emptyDays: [], dataEventSources, regions: [] },
  ]);
  for (const [call, count] of Object.entries(calls)) {
    const [source = '', eventName = ''] = call.split(':');
    const eventSource = `${source}.amazonaws.com`;
    evidence.add({ recipientAccountId: ACCOUNT, eventSource, eventName, apiCall: true, count });
  }
  const { kinds } = accountRecording(evidence.of(ACCOUNT), [], stated);
  return Object.fromEntries(kinds.map(({ kind, verdict }) => [kind, verdict]));
}

describe('accountRecording', () => {
  it('misses reads beside many writes, and not beside few', () => {
    expect(verdicts({ 'ec2:StopInstances': 10 })).toMatchObject({ read: 'not-seen', write: 'seen' });
    expect(verdicts({ 'ec2:StopInstances': 9 })).toMatchObject({ read: 'assumed', write: 'seen' });
    expect(verdicts({ 'ec2:StopInstances': 900, 'ec2:DescribeVpcs': 1 }).read).toBe('seen');
  });

  it('misses writes only beside very many reads: programs that only read are common', () => {
    expect(verdicts({ 'ec2:DescribeVpcs': 999 }).write).toBe('assumed');
    expect(verdicts({ 'ec2:DescribeVpcs': 1000 }).write).toBe('not-seen');
  });

  it('takes data events as no proof of management events', () => {
    const calls = { 's3:GetObject': 20, 's3:InventedRead': 5 };
    expect(verdicts(calls, {}, ['s3.amazonaws.com'])).toMatchObject({ read: 'not-seen', write: 'not-seen' });
  });

  it('proves AWS KMS and global services by any of their events, whatever their number', () => {
    expect(verdicts({ 'ec2:DescribeVpcs': 1 })).toMatchObject({
      kms: 'not-seen',
      sts: 'not-seen',
      global: 'not-seen',
    });
    expect(verdicts({ 'kms:ListKeys': 1, 'sts:AssumeRole': 1 })).toMatchObject({
      ...{ kms: 'seen', sts: 'seen', global: 'not-seen' },
    });
    expect(verdicts({ 'cloudfront:GetDistribution': 1 })).toMatchObject({ sts: 'seen', global: 'seen' });
  });

  it('takes network activity events as no proof of other events', () => {
    const evidence = new RecordingEvidence(catalog, [
      {
        ...{ accountId: ACCOUNT, events: 2, first: null, last: null, emptyDays: [] },
        dataEventSources: ['s3.amazonaws.com'],
        regions: [],
      },
    ]);
    for (const [source, eventName] of [
      ['kms', 'Decrypt'],
      ['s3', 'GetObject'],
    ] as const)
      evidence.add({
        ...{ recipientAccountId: ACCOUNT, eventSource: `${source}.amazonaws.com`, eventName },
        ...{ apiCall: true, networkActivity: true, count: 1 },
      });
    const { kinds, dataEvents } = accountRecording(evidence.of(ACCOUNT), []);
    expect(kinds.filter(({ verdict }) => verdict === 'seen')).toEqual([]);
    expect(dataEvents).toEqual([]);
  });

  it('believes the configuration, also against the events', () => {
    const calls = { 'ec2:DescribeVpcs': 1, 'kms:Decrypt': 1 };
    expect(verdicts(calls, { management: 'write-only', exclude: ['kms'], global: false })).toMatchObject({
      ...{ read: 'excluded', write: 'stated', kms: 'excluded', 'rds-data': 'stated' },
      ...{ sts: 'not-seen', global: 'excluded' },
    });
    expect(verdicts({}, { management: 'all', exclude: [], global: true })).toEqual({
      ...{
        read: 'stated',
        write: 'stated',
        kms: 'stated',
        'rds-data': 'stated',
        sts: 'stated',
        global: 'stated',
      },
    });
  });
});

describe('logDays', () => {
  const period = { start: '2026-07-01T00:00:00Z', end: '2026-08-10T00:00:00Z' };
  const days = (...missing: readonly number[]) => {
    const emptyDays = missing.map((day) => new Date(Date.UTC(2026, 6, day)).toISOString().slice(0, 10));
    const times = { first: null, last: null };
    return logDays(
      { accountId: ACCOUNT, events: 9, ...times, emptyDays, dataEventSources: [], regions: [] },
      period,
    );
  };

  it('needs 90 % of the days', () => {
    expect(days(10, 12, 14, 16)).toMatchObject({ all: 40, covered: 36, enough: true });
    expect(days(10, 12, 14, 16, 18)).toMatchObject({ all: 40, covered: 35, enough: false });
  });

  it('needs the first and the last week, but for one day', () => {
    expect(days(1, 40)).toMatchObject({ firstWeek: { all: 7, covered: 6 }, enough: true });
    expect(days(1, 2)).toMatchObject({ firstWeek: { all: 7, covered: 5 }, enough: false });
    expect(days(39, 40)).toMatchObject({ lastWeek: { all: 7, covered: 5 }, enough: false });
  });

  it('counts days that digest files prove to be without events', () => {
    const emptyDays = ['2026-07-01', '2026-07-02', '2026-07-03'];
    const digests = {
      files: 24,
      signed: 0,
      regions: ['us-east-1'],
      provenDays: ['2026-07-02', '2026-07-04'],
    };
    const coverage = {
      ...{
        accountId: ACCOUNT,
        events: 9,
        first: null,
        last: null,
        emptyDays,
        dataEventSources: [],
        regions: [],
      },
    };
    expect(logDays({ ...coverage, digests }, period)).toMatchObject({
      ...{ all: 40, covered: 38, withEvents: 37, proven: 2, firstWeek: { all: 7, covered: 5 } },
    });
    expect(logDays(coverage, period)).toMatchObject({ covered: 37, withEvents: 37, proven: 0 });
  });

  it('has nothing without events, also where the account is quiet', () => {
    expect(logDays(undefined, period, true)).toMatchObject({ covered: 0, enough: false });
  });

  it('counts the days that the period touches', () => {
    const part = { start: '2026-07-01T12:00:00Z', end: '2026-07-02T00:00:01Z' };
    expect(logDays(undefined, part).all).toBe(2);
  });
});
