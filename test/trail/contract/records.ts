import { insightRecord, recordOf } from '../../support/cloudtrail.js';
import type { JsonObject } from '../../support/elasticsearch/index-records.js';

export const A = '111111111111';
export const B = '222222222222';
/** Not in scope. */
export const C = '333333333333';
/** Longer than the 256 characters of a dynamically mapped keyword. */
export const LONG_ROLE = `${'deep/'.repeat(70)}long`;
export const PERIOD = { start: '2026-07-01T00:00:00Z', end: '2026-07-08T00:00:00Z' };

let serial = 0;

const ALICE = {
  time: '2026-07-02T10:00:00Z',
  caller: `arn:aws:iam::${A}:user/alice`,
  source: 's3.amazonaws.com',
  name: 'ListBuckets',
};

export function record(over: JsonObject): JsonObject {
  serial += 1;
  const eventID = `e0000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
  return recordOf(ALICE, { eventID, userIdentity: user('alice'), ...over });
}

export const user = (
  name: string,
  account = A,
  id = `AIDA${name.toUpperCase()}${account.slice(0, 2)}`,
): JsonObject => ({
  type: 'IAMUser',
  principalId: id,
  arn: `arn:aws:iam::${account}:user/${name}`,
  accountId: account,
  accessKeyId: `AKIA${name.toUpperCase()}`,
  userName: name,
});

export const session = (role: string, name: string, key: string, account = A): JsonObject => ({
  type: 'AssumedRole',
  principalId: `AROA${role.toUpperCase()}:${name}`,
  arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
  accountId: account,
  accessKeyId: key,
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: `AROA${role.toUpperCase()}`,
      arn: roleArn(role, account),
      accountId: account,
      userName: role,
    },
  },
});

export const roleArn = (role: string, account = A): string => `arn:aws:iam::${account}:role/team/${role}`;

export function assume(role: string, key: string | null, over: JsonObject, account = A): JsonObject {
  return record({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    requestParameters: { roleArn: roleArn(role, account), roleSessionName: 'work' },
    responseElements: key === null ? null : { credentials: { accessKeyId: key, expiration: 'Jul 2, 2026' } },
    ...over,
  });
}

/** One of everything that the engines must see alike. */
export function contractRecords(): JsonObject[] {
  serial = 0;
  const twice = record({ eventName: 'GetBucketAcl' });
  const calledTwice = record({
    eventName: 'PutBucketAcl',
    eventTime: '2026-07-03T10:05:00Z',
    userIdentity: session('deploy', 'work', 'ASIADEPLOY1'),
  });
  const placeholder = 'EXAMPLE8-9621-4d00-b913-beca2EXAMPLE';
  const startedTwice = assume('audit', 'ASIATWICE', { eventTime: '2026-07-05T10:00:00Z' });
  return [
    // The same name in two accounts, and a principal made again under an old name.
    record({}),
    record({ eventTime: '2026-07-02T11:00:00Z' }),
    record({ recipientAccountId: B, userIdentity: user('alice', B) }),
    record({ userIdentity: user('alice', A, 'AIDAOLDALICE'), eventTime: '2026-07-01T00:00:00Z' }),
    // Another account's trail, not in scope.
    record({ recipientAccountId: C, userIdentity: user('alice', C) }),
    // Outcomes.
    record({ errorCode: 'AccessDenied', eventName: 'DeleteBucket' }),
    record({
      errorCode: 'Client.UnauthorizedOperation',
      eventSource: 'ec2.amazonaws.com',
      eventName: 'RunInstances',
    }),
    record({ errorCode: 'NoSuchBucketPolicy', eventName: 'GetBucketPolicy' }),
    record({ errorCode: null, eventName: 'GetBucketPolicy' }),
    record({ errorCode: '', eventName: 'GetBucketPolicy' }),
    // Two trails recorded these; ids alone do not make two events one.
    twice,
    twice,
    twice,
    calledTwice,
    calledTwice,
    record({ eventID: placeholder, eventName: 'ListUsers', eventSource: 'iam.amazonaws.com' }),
    record({ eventID: placeholder, eventName: 'ListRoles', eventSource: 'iam.amazonaws.com' }),
    record({
      eventID: placeholder,
      eventTime: '2026-07-04T00:00:00Z',
      eventName: 'ListRoles',
      eventSource: 'iam.amazonaws.com',
    }),
    record({ eventID: null, eventName: 'HeadBucket' }),
    record({ eventID: null, eventName: 'HeadBucket' }),
    // One name in several services.
    ...['ecs', 'lambda', 'kms'].map((name) =>
      record({ eventSource: `${name}.amazonaws.com`, eventName: 'TagResource' }),
    ),
    // Into another account, in both trails.
    assume('deploy', 'ASIACROSS', { sharedEventID: 's-1', eventTime: '2026-07-03T09:00:00Z' }, B),
    assume(
      'deploy',
      'ASIACROSS',
      {
        sharedEventID: 's-1',
        eventTime: '2026-07-03T09:00:00Z',
        recipientAccountId: B,
        userIdentity: { type: 'AWSAccount', principalId: 'AIDAALICE11', accountId: A },
      },
      B,
    ),
    record({
      recipientAccountId: B,
      eventTime: '2026-07-03T09:30:00Z',
      eventSource: 'ec2.amazonaws.com',
      eventName: 'DescribeInstances',
      userIdentity: session('deploy', 'work', 'ASIACROSS', B),
    }),
    // A chain: alice -> deploy -> audit, with calls in each.
    assume('deploy', 'ASIADEPLOY1', { eventTime: '2026-07-03T10:00:00Z' }),
    assume('audit', 'ASIAAUDIT1', {
      eventTime: '2026-07-03T10:10:00Z',
      userIdentity: session('deploy', 'work', 'ASIADEPLOY1'),
    }),
    record({ eventTime: '2026-07-03T10:20:00Z', userIdentity: session('audit', 'work', 'ASIAAUDIT1') }),
    record({
      eventTime: '2026-07-03T10:21:00Z',
      errorCode: 'AccessDenied',
      userIdentity: session('audit', 'work', 'ASIAAUDIT1'),
    }),
    startedTwice,
    startedTwice,
    // Denied and redacted starts; one without a key, one that failed; a service's.
    record({
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      errorCode: 'AccessDenied',
      requestParameters: null,
      responseElements: null,
    }),
    assume('audit', null, { eventTime: '2026-07-05T11:00:00Z' }),
    // An error code too long for a keyword: it is not indexed, and still no success.
    assume('audit', 'ASIAFAILED', { eventTime: '2026-07-05T11:30:00Z', errorCode: 'Throttled'.repeat(40) }),
    assume('task', 'ASIATASK', {
      eventTime: '2026-07-05T12:00:00Z',
      userIdentity: { type: 'AWSService', invokedBy: 'ecs-tasks.amazonaws.com' },
    }),
    record({
      eventTime: '2026-07-05T12:01:00Z',
      userIdentity: { ...session('task', 'x', 'ASIATASK'), invokedBy: 'cloudformation.amazonaws.com' },
    }),
    // Borders: begun before the period and used in it; begun before and not used; the first and last seconds.
    assume('deploy', 'ASIAEARLY', { eventTime: '2026-06-30T20:00:00Z' }),
    record({ eventTime: '2026-06-30T23:59:59Z', userIdentity: session('deploy', 'early', 'ASIAEARLY') }),
    record({ eventTime: '2026-07-01T02:00:00Z', userIdentity: session('deploy', 'early', 'ASIAEARLY') }),
    assume('deploy', 'ASIAUNUSED', { eventTime: '2026-06-30T21:00:00Z' }),
    assume('deploy', 'ASIATOOEARLY', { eventTime: '2026-06-30T11:59:59Z' }),
    record({
      eventTime: '2026-07-07T23:59:59Z',
      eventName: 'ListObjects',
      eventCategory: 'Data',
      managementEvent: false,
    }),
    record({ eventTime: '2026-07-08T00:00:00Z' }),
    // Others than users and roles.
    record({ userIdentity: { type: 'Root', principalId: A, arn: `arn:aws:iam::${A}:root`, accountId: A } }),
    record({
      eventType: 'AwsConsoleSignIn',
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      responseElements: { ConsoleLogin: 'Success' },
    }),
    record({
      eventType: 'AwsServiceEvent',
      userIdentity: { accountId: A, invokedBy: 'rds.amazonaws.com' },
      eventName: 'RotateKey',
    }),
    record({
      userIdentity: {
        type: 'FederatedUser',
        principalId: `${A}:bob`,
        arn: `arn:aws:sts::${A}:federated-user/bob`,
        accountId: A,
        sessionContext: {
          sessionIssuer: { type: 'IAMUser', principalId: 'AIDABOB', arn: `arn:aws:iam::${A}:user/bob` },
        },
      },
    }),
    record({
      userIdentity: { type: 'WebIdentityUser', principalId: 'accounts.google.com:x:y', userName: 'y' },
    }),
    // An issuer without an id; a session without an issuer.
    record({
      userIdentity: {
        ...session('bare', 's1', 'ASIABARE'),
        sessionContext: { sessionIssuer: { arn: roleArn('bare') } },
      },
    }),
    record({ userIdentity: { ...session('lost', 's2', 'ASIALOST'), sessionContext: {} } }),
    // Old and odd records.
    record({ recipientAccountId: undefined, eventVersion: '1.01' }),
    record({
      recipientAccountId: undefined,
      eventTime: '2026-07-06T00:00:00Z',
      userIdentity: user('carol', C),
    }),
    record({
      recipientAccountId: undefined,
      userIdentity: user('dave', B),
      eventCategory: 'Data',
      eventSource: 'lambda.amazonaws.com',
    }),
    record({ userIdentity: { ...user('eve'), arn: `arn:aws:iam::${A}:user/${'deep/'.repeat(70)}eve` } }),
    assume(LONG_ROLE, 'ASIALONG', { eventTime: '2026-07-04T08:00:00Z', errorCode: '' }),
    record({ eventTime: '2026-07-04T08:01:00Z', userIdentity: session(LONG_ROLE, 'work', 'ASIALONG') }),
    record({ eventCategory: 'Insight', eventType: 'AwsCloudTrailInsight' }),
    record({ eventCategory: undefined, managementEvent: undefined, eventType: 'AwsCloudTrailInsight' }),
    insightRecord(A, '2026-07-03T10:00:00Z'),
    insightRecord(A, '2026-07-03T10:05:00Z', { eventCategory: undefined }),
    record({ eventName: undefined }),
    // Hostile names.
    record({ userIdentity: user('__proto__'), eventName: '__proto__', eventSource: 'constructor' }),
  ];
}
