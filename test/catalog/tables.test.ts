import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';
import { EVENTS } from '../../src/catalog/tables/events.js';
import { PREFIXES } from '../../src/catalog/tables/prefixes.js';
import { DATA_ACTIONS } from '../../src/catalog/tables/recording.js';
import { VERBS } from '../../src/catalog/tables/verbs.js';

const catalog = await loadCatalog();
const isAction = (action: string): boolean => catalog.indexOf(action) !== undefined;
const recordingOf = (action: string): string => catalog.recording(catalog.indexOf(action) ?? -1);
const mapped = (source: string, name: string): string[] | string => {
  const mapping = catalog.mapEvent(source, name);
  return mapping.kind === 'actions'
    ? mapping.actions.map((action) => catalog.actions[action] ?? '')
    : mapping.kind;
};

test('every target of the tables is an action or a service that exists', () => {
  const targets = [
    ...Object.entries(EVENTS).flatMap(([prefix, entries]) =>
      entries.flatMap(([, target]) =>
        Object.values('map' in target ? { target } : target).flatMap((names: readonly string[]) =>
          names.map((name) => (name.includes(':') ? name : `${prefix}:${name}`)),
        ),
      ),
    ),
    ...[...VERBS].flatMap(([prefix, verbs]) => verbs.map(([, name]) => `${prefix}:${name}`)),
  ];
  expect(targets.filter((target) => !isAction(target))).toEqual([]);
  const services = new Set(catalog.services.map((service) => service.prefix));
  expect([...PREFIXES].filter(([, prefix]) => !services.has(prefix))).toEqual([]);
});

test('every entry of the data event table matches an action', () => {
  const idle = Object.entries(DATA_ACTIONS).flatMap(([prefix, names]) =>
    names
      .map((name) => `${prefix}:${name}`)
      .filter((pattern) => {
        const regex = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i');
        return !catalog.actions.some((action) => regex.test(action));
      }),
  );
  expect(idle).toEqual([]);
});

test.each([
  ['s3', 'GetAccountPublicAccessBlock', ['s3:GetAccountPublicAccessBlock']],
  ['s3', 'DeleteBucketLifecycleConfiguration', ['s3:PutLifecycleConfiguration']],
  ['s3-outposts', 'ListObjectsV2', ['s3-outposts:ListBucket']],
  ['s3express', 'PutObject', ['s3express:CreateSession']],
  ['bedrock', 'Converse', ['bedrock:InvokeModel']],
  ['bedrock', 'ConverseStream', ['bedrock:InvokeModelWithResponseStream']],
  ['glue', 'CreatePartitionIndex', ['glue:CreatePartitionIndex', 'glue:UpdateTable']],
  ['cassandra', 'CreateKeyspace', ['cassandra:Create']],
  ['cassandra', 'TagResource', ['cassandra:TagResource']],
  ['memory-db', 'CreateCluster', ['memorydb:CreateCluster']],
  ['verifiedpermissions', 'BatchIsAuthorized', ['verifiedpermissions:IsAuthorized']],
  ['sso', 'Federate', 'no-permission'],
])('%s %s', (host, name, expected) => {
  expect(mapped(`${host}.amazonaws.com`, name)).toEqual(expected);
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', '', '\n', 'a:b'])(
  'a hostile source %j or name is unmapped, not an error',
  (text) => {
    expect(mapped(text, text)).toBe('unmapped');
    expect(mapped(`${text}.amazonaws.com`, 'constructor')).toBe('unmapped');
    expect(mapped('apigateway.amazonaws.com', text)).toBe('unmapped');
  },
);

test.each(['events:PutEvents', 'ses:SendEmail', 'ses:SendRawEmail', 'sns:Publish', 'appsync:GraphQL'])(
  '%s is recorded as a data event only',
  (action) => {
    expect(recordingOf(action)).toBe('data');
  },
);

test.each([
  's3:GetAccountPublicAccessBlock',
  'glue:CreatePartitionIndex',
  'bedrock:InvokeModel',
  'states:StartExecution',
  'events:PutRule',
  'ses:CreateEmailIdentity',
])('%s is recorded as a management event', (action) => {
  expect(recordingOf(action)).toBe('management');
});

const REAL = '../shared/data/stratus-trail';
test.skipIf(!existsSync(REAL))('no management event of a real trail is taken for a data event', () => {
  const wrong = new Set<string>();
  for (const file of readdirSync(REAL)) {
    const { Records } = JSON.parse(readFileSync(`${REAL}/${file}`, 'utf8')) as {
      Records: { eventSource: string; eventName: string; managementEvent?: boolean }[];
    };
    for (const { eventSource, eventName, managementEvent } of Records) {
      const mapping = catalog.mapEvent(eventSource, eventName);
      if (mapping.kind !== 'actions' || managementEvent !== true) continue;
      if (mapping.actions.some((action) => catalog.recording(action) === 'data'))
        wrong.add(`${eventSource} ${eventName}`);
    }
  }
  // HeadBucket is a management event that exercises s3:ListBucket, whose other calls are data events.
  wrong.delete('s3.amazonaws.com HeadBucket');
  expect([...wrong]).toEqual([]);
});
