import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { runIngest, type IngestResult } from '../../src/commands/ingest.js';
import type { JsonObject } from '../support/elasticsearch/index-records.js';
import { A, assume, record, session, user } from '../trail/contract/records.js';
import { ACCOUNT_DETAILS } from './account.js';
import { folderOf, removeIndex, reportOf } from './support.js';

const url = inject('elasticsearchUrl');
const INDICES = { demo: 'ingest-contract-demo', nasty: 'ingest-contract-nasty' };
afterAll(async () => {
  if (url !== '') for (const index of Object.values(INDICES)) await removeIndex(url, index);
});

async function ingest(config: string, folders: readonly string[]): Promise<IngestResult> {
  const signal = new AbortController().signal;
  return runIngest({ config, folders, concurrency: 2, signal, onProgress: () => undefined });
}

const elasticsearch = (index: string): string => `elasticsearch:\n  node: ${url}\n  index: ${index}\n`;

function expectSame(actual: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): void {
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [name, text] of expected) expect(actual.get(name), name).toBe(text);
}

describe.skipIf(url === '')(
  'a report from the index that was filled from a folder equals one from the folder',
  () => {
    it('on the demo, and filling it again changes nothing', async () => {
      await removeIndex(url, INDICES.demo);
      const demo = resolve('data/demo');
      const work = folderOf({});
      cpSync(join(demo, 'iam'), join(work, 'iam'), { recursive: true });
      const text = readFileSync(join(demo, 'config.yaml'), 'utf8');
      const config = join(work, 'config.yaml');
      writeFileSync(config, text.replace(/^files:\n\s+path: logs\n/m, elasticsearch(INDICES.demo)));

      const first = await ingest(config, [join(demo, 'logs')]);
      expect(first.sent.refused.count + first.read.failed.length + first.read.otherRecords).toBe(0);
      expect(first.sent.created).toBe(first.documents);
      const second = await ingest(config, [join(demo, 'logs')]);
      expect(second.documents).toBe(first.documents);
      expect(second.sent).toMatchObject({ created: 0, present: first.read.events });

      const fromFiles = await reportOf(join(demo, 'config.yaml'), join(work, 'files'));
      expectSame(await reportOf(config, join(work, 'es')), fromFiles);
    });

    it('on records that a plain index would refuse, count twice or mix up', async () => {
      await removeIndex(url, INDICES.nasty);
      const logs = nastyFiles();
      const work = folderOf({ ...logs, 'details.json': JSON.stringify(ACCOUNT_DETAILS) });
      const accounts = `accounts:\n  - { name: nasty, id: '${A}', iam: details.json }\n`;
      writeFileSync(join(work, 'es.yaml'), elasticsearch(INDICES.nasty) + accounts);
      writeFileSync(join(work, 'files.yaml'), `files:\n  path: logs/good\n${accounts}`);

      const result = await ingest(join(work, 'es.yaml'), [join(work, 'logs')]);
      expect(result.sent.refused).toEqual({ count: 0, named: [] });
      expect(result.sent.reduced).toBeGreaterThan(0);
      expect(result.read.failed.map(({ path, reason }) => [path.slice(work.length), reason])).toEqual([
        ['/logs/corrupt/cut.json.gz', 'the gzip data is truncated'],
        ['/logs/corrupt/text.json', 'not JSON'],
      ]);
      const again = await ingest(join(work, 'es.yaml'), [join(work, 'logs')]);
      expect(again.documents).toBe(result.documents);
      expect(again.sent).toMatchObject({ created: 0, reduced: 0, refused: { count: 0 } });

      const fromFiles = await reportOf(join(work, 'files.yaml'), join(work, 'files'));
      expect(fromFiles.get(`csv/privileges/${A}.csv`)).toMatch(/createbucket,used,/i);
      expectSame(await reportOf(join(work, 'es.yaml'), join(work, 'es')), fromFiles);
    });
  },
);

function nestedObject(depth: number): JsonObject {
  return depth === 0 ? { end: 'x' } : { next: nestedObject(depth - 1) };
}

function nastyFiles(): Record<string, string | Buffer> {
  const twice = record({ eventName: 'PutBucketAcl' });
  const sameId = { eventID: 'REDACTED' };
  const withoutId = record({ eventName: 'GetBucketTagging', eventID: undefined });
  const keys = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, i) => [`key${i}`, { [`inner${i}`]: `v${i}` }]),
  );
  const hostileKeys = {
    '': 'a',
    '.': 'b',
    'a..b': 'c',
    '.c': 'd',
    'd.': 'e',
    ' ': 'f',
    __proto__x: 'g',
    constructor: 'h',
  };
  const records: JsonObject[] = [
    twice,
    twice,
    record({ ...sameId, eventName: 'GetBucketAcl' }),
    record({ ...sameId, eventName: 'GetBucketLocation' }),
    record({ ...sameId, eventName: 'GetBucketLocation', eventTime: '2026-07-02T11:00:00Z' }),
    withoutId,
    withoutId,
    record({ eventName: 'CreateBucket', requestParameters: { bucketName: 'deep', ...nestedObject(150) } }),
    record({
      eventName: 'CreateBucket',
      requestParameters: { bucketName: 'deeper', ...nestedObject(1_200) },
    }),
    record({
      eventName: 'PutBucketPolicy',
      requestParameters: { bucketName: 'long', policy: 'ü€😀'.repeat(10_000) },
    }),
    record({ eventName: 'PutObject', requestParameters: { bucketName: 'keys', ...keys } }),
    record({
      eventName: 'PutObject',
      requestParameters: { bucketName: 'longkey', ['k'.repeat(40_000)]: 'v' },
    }),
    record({ eventName: 'PutObject', requestParameters: { bucketName: 'nul', 'a\u0000b': 'v' } }),
    record({
      eventName: 'PutObject',
      requestParameters: hostileKeys,
      additionalEventData: hostileKeys,
      ...prefixed(hostileKeys),
    }),
    record({
      eventName: 'PutObject',
      requestParameters: 'text',
      responseElements: ['list'],
      additionalEventData: 5,
    }),
    record({ eventName: 'DeleteBucket', requestParameters: null, responseElements: null, resources: null }),
    record({
      eventName: 'DeleteBucket',
      resources: { ARN: 'arn:aws:s3:::no-list' },
      errorCode: { not: 'text' },
    }),
    record({
      eventName: 'DeleteBucket',
      errorCode: 5,
      errorMessage: ['a'],
      userAgent: null,
      sourceIPAddress: 'AWS Internal',
    }),
    record({ eventName: 'ListBuckets', managementEvent: 'false', readOnly: 'maybe', sharedEventID: {} }),
    record({ eventName: 'ListBuckets', eventTime: '2026-07-02 12:00:00+02:00' }),
    record({ eventName: 'ListBuckets', eventTime: Date.UTC(2026, 6, 3, 4, 5, 6) }),
    record({ eventName: 'ListBuckets', userAgent: '\ud800 </script>\u0000' }),
    record({
      eventName: 'ListBuckets',
      userIdentity: { ...user('bob'), sessionContext: 'none', invokedBy: ['x'] },
    }),
    record({
      eventName: 'HeadBucket',
      errorCode: 'AccessDenied',
      errorMessage: 'x'.repeat(40_000),
      userIdentity: user('bob'),
    }),
    assume('deploy', 'ASIADEPLOY', {
      eventTime: '2026-07-02T09:00:00Z',
      requestParameters: {
        roleArn: `arn:aws:iam::${A}:role/team/deploy`,
        roleSessionName: 'work',
        ...nestedObject(150),
      },
    }),
    record({ eventName: 'ListBuckets', userIdentity: session('deploy', 'work', 'ASIADEPLOY') }),
  ];
  const lines = [
    record({ eventName: 'GetBucketCors', userIdentity: user('bob') }),
    record({
      eventName: 'GetBucketWebsite',
      PROTO: { a: 1 },
      requestParameters: { PROTO: { constructor: 'x' } },
    }),
    { CloudTrailEvent: JSON.stringify(record({ eventName: 'GetBucketLogging', userIdentity: user('bob') })) },
  ];
  const insight = {
    eventType: 'AwsCloudTrailInsight',
    eventCategory: 'Insight',
    eventTime: '2026-07-02T10:00:00Z',
    eventID: 'i1',
  };
  return {
    'logs/good/one.json.gz': gzipSync(JSON.stringify({ Records: records })),
    'logs/good/again/two.json': JSON.stringify([twice, withoutId]),
    'logs/insight/three.json': JSON.stringify([insight]),
    'logs/good/lines.jsonl': lines
      .map((line) => JSON.stringify(line).replaceAll('PROTO', '__proto__'))
      .join('\n'),
    'logs/corrupt/cut.json.gz': gzipSync(JSON.stringify({ Records: records })).subarray(0, 900),
    'logs/corrupt/text.json': 'Records: none',
  };
}

const prefixed = (keys: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(keys)
      .filter(([key]) => key.trim() !== '')
      .map(([key, value]) => [`x${key}`, value]),
  );
