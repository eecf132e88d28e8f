import { describe, expect, it } from 'vitest';
import { MAX_RESOURCES } from '../../../src/trail/types.js';
import { ACCOUNT, OTHER, answers, folder, log, record, total, type Answers } from './helpers.js';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/one`;
type Json = Record<string, unknown>;

/** A call in a session of the role. */
const asRole = (name: string, over: Json = {}, context: Json = {}): Json =>
  record({
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/one/${name}`,
      principalId: `AROA1:${name}`,
      accountId: ACCOUNT,
      accessKeyId: 'ASIA1',
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: ROLE, principalId: 'AROA1', accountId: ACCOUNT },
        ...context,
      },
    },
    ...over,
  });

const read = async (...files: Json[][]): Promise<Answers> =>
  answers(await folder(Object.fromEntries(files.map((records, i) => [`${i}.json`, log(...records)]))));

describe('people()', () => {
  it('counts the calls of each session name and source identity, an event in two files once', async () => {
    const twice = asRole('alice');
    const { people, activity } = await read(
      [twice, asRole('alice'), asRole('alice', {}, { sourceIdentity: 'a@example.com' })],
      [twice, asRole('bob', { errorCode: 'AccessDenied' }), record()],
    );
    expect(people.map((row) => [row.sessionName, row.sourceIdentity, row.outcome, row.count])).toEqual([
      ['alice', null, 'succeeded', 2],
      ['alice', 'a@example.com', 'succeeded', 1],
      ['bob', null, 'denied', 1],
    ]);
    expect(people[0]?.actor).toEqual({ kind: 'role', arn: ROLE, id: 'AROA1', accountId: ACCOUNT });
    expect(total(people)).toBe(total(activity.filter((row) => row.actor.kind === 'role')));
  });

  it('makes one of a program that names every session anew', async () => {
    const { people } = await read(
      [asRole('botocore-session-1690000000'), asRole('i-0123456789abcdef0')],
      [asRole('botocore-session-1690000001'), asRole('i-0123456789abcdef1')],
    );
    expect(people.map((row) => [row.sessionName, row.count])).toEqual([
      ['botocore-session-*', 2],
      ['i-*', 2],
    ]);
  });

  it('leaves out what is outside the period', async () => {
    const { people, resources } = await read([
      asRole('alice', { eventTime: '2026-06-30T23:00:00Z' }),
      asRole('alice', {
        eventTime: '2026-06-30T23:00:00Z',
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRole',
        requestParameters: { roleArn: ROLE },
      }),
    ]);
    expect([people, resources]).toEqual([[], []]);
  });
});

describe('resources()', () => {
  const on = (resource: unknown, over: Json = {}): Json =>
    record({ eventName: 'GetObject', resources: resource, ...over });

  it('takes listed buckets, then request parameters, over files and duplicates', async () => {
    const twice = on([{ ARN: 'arn:aws:s3:::b/key' }, { ARN: 'arn:aws:s3:::b' }]);
    const { resources } = await read(
      [twice, on(null, { requestParameters: { bucketName: 'c', key: 'k' } })],
      [twice, on([{ ARN: 'arn:aws:s3:::a' }, { type: 'AWS::S3::Object' }, 'odd'])],
    );
    expect(resources).toEqual([
      {
        actor: {
          kind: 'user',
          arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
          id: 'AIDAALICE',
          accountId: ACCOUNT,
        },
        recipientAccountId: ACCOUNT,
        eventSource: 's3.amazonaws.com',
        eventName: 'GetObject',
        resources: ['arn:aws:s3:::a', 'arn:aws:s3:::b', 'arn:aws:s3:::c'],
        complete: true,
      },
    ]);
  });

  it('takes calls of the API that succeeded only', async () => {
    const listed = [{ ARN: 'arn:aws:s3:::b' }];
    const { resources } = await read([
      on(listed, { errorCode: 'AccessDenied' }),
      on(listed, { errorCode: 'NoSuchKey' }),
      on(listed, { eventType: 'AwsServiceEvent' }),
      on(listed, { recipientAccountId: OTHER }),
    ]);
    expect(resources).toEqual([]);
  });

  it('is not complete where a call names none, or more than are listed', async () => {
    const { resources } = await read(
      [record(), record({ requestParameters: { bucketName: 5 } })],
      Array.from({ length: MAX_RESOURCES + 2 }, (_, i) => on([{ ARN: `arn:aws:s3:::b${10 + i}` }])).reverse(),
    );
    expect(resources.map((row) => [row.eventName, row.resources.length, row.complete])).toEqual([
      ['GetObject', 0, false],
      ['ListBuckets', 0, false],
    ]);
  });
});

describe('the start of a session with its request redacted', () => {
  it('finds the role by the session that it answers with', async () => {
    const { assumptions } = await read([
      record({
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRole',
        requestParameters: null,
        responseElements: {
          credentials: { accessKeyId: 'ASIA1' },
          assumedRoleUser: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/one/alice` },
        },
      }),
      asRole('alice'),
    ]);
    expect(assumptions).toMatchObject([
      { roleArn: `arn:aws:iam::${ACCOUNT}:role/one`, sessions: 1, calls: [{ eventName: 'ListBuckets' }] },
    ]);
  });
});
