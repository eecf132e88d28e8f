import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import { DATA_ACTIONS } from '../../src/catalog/tables/recording.js';

const catalog = await loadCatalog();
const mapped = (source: string, name: string): string[] | string => {
  const mapping = catalog.mapEvent(source, name);
  return mapping.kind === 'actions'
    ? mapping.actions.map((action) => catalog.actions[action] ?? '')
    : mapping.kind;
};

test.each([
  ['s3.amazonaws.com', 'ListObjects', ['s3:ListBucket']],
  ['s3.amazonaws.com', 'ListBuckets', ['s3:ListAllMyBuckets']],
  ['s3.amazonaws.com', 'GetBucketEncryption', ['s3:GetEncryptionConfiguration']],
  ['s3.amazonaws.com', 'CopyObject', ['s3:PutObject', 's3:GetObject']],
  ['monitoring.amazonaws.com', 'DescribeAlarms', ['cloudwatch:DescribeAlarms']],
  ['lambda.amazonaws.com', 'Invoke', ['lambda:InvokeFunction']],
  ['lambda.amazonaws.com', 'CreateFunction20150331', ['lambda:CreateFunction']],
  ['lambda.amazonaws.com', 'AddPermission20150331v2', ['lambda:AddPermission']],
  ['cloudfront.amazonaws.com', 'CreateDistribution2020_05_31', ['cloudfront:CreateDistribution']],
  ['kms.amazonaws.com', 'ReEncrypt', ['kms:ReEncryptFrom', 'kms:ReEncryptTo']],
  ['apigateway.amazonaws.com', 'CreateRestApi', ['apigateway:POST']],
  ['budgets.amazonaws.com', 'DescribeBudgets', ['budgets:ViewBudget']],
  ['mobiletargeting.amazonaws.com', 'GetSegmentVersions', ['mobiletargeting:GetSegmentVersions']],
  ['sqs.amazonaws.com', 'TagQueue', ['sqs:TagQueue']],
  ['kms.amazonaws.com', 'TagResource', ['kms:TagResource']],
  ['secretsmanager.amazonaws.com', 'TagResource', ['secretsmanager:TagResource']],
  ['signin.amazonaws.com', 'ConsoleLogin', 'no-permission'],
  ['sts.amazonaws.com', 'GetCallerIdentity', 'no-permission'],
  ['s3.amazonaws.com', 'GetStorageLensDashboardDataInternal', 'unmapped'],
])('%s %s', (source, name, expected) => {
  expect(mapped(source, name)).toEqual(expected);
});

test.each([
  ['s3:GetObject', 'data'],
  ['s3:ListBucket', 'data'],
  ['s3:CreateBucket', 'management'],
  ['iam:CreateUser', 'management'],
  ['lambda:InvokeFunction', 'data'],
  ['iam:PassRole', 'never'],
])('%s is recorded as %s', (action, recording) => {
  expect(catalog.recording(catalog.indexOf(action) ?? -1)).toBe(recording);
});

test('services cover the actions without gaps, and any case is found', () => {
  expect(catalog.actions.length).toBeGreaterThan(20_000);
  expect(catalog.services[0]?.from).toBe(0);
  expect(catalog.services.at(-1)?.to).toBe(catalog.actions.length);
  expect(catalog.indexOf('S3:listALLmybuckets')).toBe(catalog.indexOf('s3:ListAllMyBuckets'));
  expect(catalog.indexOf('s3:NoSuchAction')).toBeUndefined();
});

test('the data event table names services that exist', () => {
  const known = new Set(catalog.services.map((service) => service.prefix));
  expect(Object.keys(DATA_ACTIONS).filter((prefix) => !known.has(prefix))).toEqual([]);
});

const REAL = '../shared/data/stratus-trail';
test.skipIf(!existsSync(REAL))('at least 98 % of the distinct events of a real trail are explained', () => {
  const pairs = new Map<string, string[] | string>();
  for (const file of readdirSync(REAL)) {
    const { Records } = JSON.parse(readFileSync(`${REAL}/${file}`, 'utf8')) as {
      Records: { eventSource: string; eventName: string }[];
    };
    for (const { eventSource, eventName } of Records)
      pairs.set(`${eventSource} ${eventName}`, mapped(eventSource, eventName));
  }
  const unmapped = [...pairs].filter(([, result]) => result === 'unmapped').map(([pair]) => pair);
  expect(pairs.size).toBe(262);
  expect(unmapped).toEqual(['s3.amazonaws.com GetStorageLensDashboardDataInternal']);
});
