import type { JsonObject } from '../../support/elasticsearch/index-records.js';
import { A, assume, B, C, record, roleArn, session, user } from './records.js';

const sts = (role: string, name: string, account = A): string =>
  `arn:aws:sts::${account}:assumed-role/${role}/${name}`;

/** Calls in role sessions by people and programs. */
export function peopleRecords(): JsonObject[] {
  const ann = session('admin', 'ann@example.com', 'ASIAANN');
  const withIdentity = (sourceIdentity: unknown, name = 'ann@example.com'): JsonObject => {
    const identity = session('admin', name, 'ASIAANN');
    const context = identity['sessionContext'] as JsonObject;
    return { ...identity, sessionContext: { ...context, sourceIdentity } };
  };
  const twice = record({ eventName: 'GetBucketAcl', userIdentity: withIdentity('ann') });
  const long = `${'deep'.repeat(80)}@example.com`;
  return [
    record({ userIdentity: ann, eventTime: '2026-07-03T10:00:00Z' }),
    record({ userIdentity: ann, eventTime: '2026-07-02T10:00:00Z' }),
    record({ userIdentity: ann, errorCode: 'AccessDenied' }),
    record({ userIdentity: ann, errorCode: 'AccessDeniedException' }),
    record({ userIdentity: ann, errorCode: 'Throttling' }),
    record({ userIdentity: ann, eventType: 'AwsConsoleSignIn' }),
    // Source identities: set, empty, and one in another account.
    twice,
    twice,
    record({ userIdentity: withIdentity('') }),
    record({ userIdentity: withIdentity('bob', 'shared') }),
    record({ userIdentity: withIdentity('HIDDEN_DUE_TO_SECURITY_REASONS', 'shared') }),
    record({ recipientAccountId: B, userIdentity: ann }),
    record({ recipientAccountId: C, userIdentity: ann }),
    record({ recipientAccountId: undefined, userIdentity: ann, eventName: 'OldRecord' }),
    // Programs with a new name each time.
    ...['i-0123456789abcdef0', 'i-0fedcba9876543210'].map((name) =>
      record({ userIdentity: session('fleet', name, 'ASIAFLEET') }),
    ),
    ...Array.from({ length: 9 }, (_, index) =>
      record({
        eventTime: `2026-07-0${String((index % 7) + 1)}T0${String(index)}:00:00Z`,
        userIdentity: session(
          'task',
          `botocore-session-17600000${String(index).padStart(2, '0')}`,
          'ASIATASK',
        ),
      }),
    ),
    // A role made again under its name; a name too long for a keyword; hostile names.
    record({ userIdentity: { ...ann, sessionContext: { sessionIssuer: { arn: roleArn('admin') } } } }),
    record({ userIdentity: session('admin', long, 'ASIALONG') }),
    record({ userIdentity: session('admin', '__proto__', 'ASIAPROTO') }),
    record({ userIdentity: session('admin', 'a/b\n<script>', 'ASIASCRIPT') }),
    // The name is in principalId only: the ARN is redacted or missing. No issuer; other sessions; no session.
    record({ userIdentity: { ...ann, arn: 'HIDDEN_DUE_TO_SECURITY_REASONS' } }),
    record({ userIdentity: { ...ann, arn: undefined } }),
    record({ userIdentity: { ...ann, sessionContext: {} } }),
    record({
      userIdentity: {
        type: 'FederatedUser',
        arn: `arn:aws:sts::${A}:federated-user/bob`,
        accountId: A,
        sessionContext: { sessionIssuer: { type: 'IAMUser', arn: `arn:aws:iam::${A}:user/bob` } },
      },
    }),
    record({ userIdentity: user('alice') }),
    // Borders.
    record({ eventName: 'First', eventTime: '2026-07-01T00:00:00Z', userIdentity: ann }),
    record({ eventName: 'Last', eventTime: '2026-07-07T23:59:59Z', userIdentity: ann }),
    record({ eventName: 'Before', eventTime: '2026-06-30T23:59:59Z', userIdentity: ann }),
    record({ eventName: 'After', eventTime: '2026-07-08T00:00:00Z', userIdentity: ann }),
  ];
}

/** Calls that name what they act on, or do not. */
export function resourceRecords(): JsonObject[] {
  const call = (service: string, eventName: string, over: JsonObject): JsonObject =>
    record({ eventSource: `${service}.amazonaws.com`, eventName, ...over });
  const named = (service: string, eventName: string, requestParameters: JsonObject | null): JsonObject =>
    call(service, eventName, { requestParameters });
  const listed = (service: string, eventName: string, arns: unknown[], over: JsonObject = {}): JsonObject =>
    call(service, eventName, { resources: arns.map((ARN) => ({ ARN, accountId: A })), ...over });
  const many = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  const key = (id: string): string => `arn:aws:kms:eu-central-1:${A}:key/${id}`;
  const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';
  const twice = named('s3', 'GetBucketTagging', { bucketName: 'twice' });
  return [
    // Parameters: one, several, by users and sessions, in two accounts, some without.
    named('s3', 'GetBucketAcl', { bucketName: 'one' }),
    named('s3', 'GetBucketAcl', { bucketName: 'two' }),
    call('s3', 'GetBucketAcl', { requestParameters: { bucketName: 'three' }, recipientAccountId: B }),
    call('s3', 'GetBucketAcl', {
      requestParameters: { bucketName: 'four' },
      userIdentity: session('deploy', 'work', 'ASIAD'),
    }),
    call('s3', 'GetBucketAcl', {
      requestParameters: { bucketName: 'five' },
      userIdentity: session('deploy', 'other', 'ASIAE'),
    }),
    named('s3', 'GetBucketPolicy', { bucketName: 'one' }),
    named('s3', 'GetBucketPolicy', null),
    named('s3', 'GetBucketCors', { bucketName: hidden }),
    named('s3', 'GetBucketCors', { bucketName: 'one' }),
    named('s3', 'GetBucketLogging', { bucketName: '' }),
    named('s3', 'GetBucketLogging', { bucketName: '${aws:username}' }),
    twice,
    twice,
    // Failed calls, service events, others' accounts and times name nothing.
    call('s3', 'GetBucketAcl', { requestParameters: { bucketName: 'no' }, errorCode: 'AccessDenied' }),
    call('s3', 'GetBucketAcl', { requestParameters: { bucketName: 'no' }, eventType: 'AwsServiceEvent' }),
    call('s3', 'GetBucketAcl', { requestParameters: { bucketName: 'no' }, recipientAccountId: C }),
    call('s3', 'GetBucketAcl', {
      requestParameters: { bucketName: 'no' },
      eventTime: '2026-07-08T00:00:00Z',
    }),
    // Listed ARNs come before parameters; objects do not count.
    listed('s3', 'GetObject', ['arn:aws:s3:::data/key', 'arn:aws:s3:::data']),
    listed('s3', 'PutObject', ['arn:aws:s3:::data/key'], { requestParameters: { bucketName: 'data' } }),
    listed('s3', 'DeleteObject', ['arn:aws:s3:::data/key']),
    listed('s3', 'HeadObject', [`arn:aws:s3:::data/${'k'.repeat(400)}`, 'arn:aws:s3:::data']),
    listed('s3', 'CopyObject', [`arn:aws:s3:::data/${'k'.repeat(400)}`], {
      requestParameters: { bucketName: 'to' },
    }),
    listed('kms', 'Decrypt', [key('1'), key('2')], { requestParameters: { keyId: 'alias/other' } }),
    listed('kms', 'Encrypt', [hidden, 'not an ARN', undefined], {
      requestParameters: { keyId: 'alias/mine' },
    }),
    listed('kms', 'Encrypt', []),
    named('kms', 'DescribeKey', { keyId: '01234567-89ab-cdef-0123-456789abcdef' }),
    named('kms', 'DescribeKey', { keyId: key('9') }),
    // Other services: only what is listed.
    listed('xray', 'GetGroup', [`arn:aws:xray:eu-central-1:${A}:group/g`]),
    named('xray', 'GetGroups', { bucketName: 'none' }),
    // Several parameters of one call; parameters that mean something in some events only.
    named('iam', 'AddUserToGroup', { userName: 'ann', groupName: 'admins' }),
    named('iam', 'AttachRolePolicy', {
      roleName: 'app',
      policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    }),
    named('iam', 'ListRoles', { maxItems: 5 }),
    named('ssm', 'GetParameter', { name: '/a/b' }),
    named('ssm', 'GetDocument', { name: 'doc' }),
    named('ssm', 'CreateAssociation', { name: 'doc' }),
    named('lambda', 'GetPolicy', { functionName: 'f' }),
    named('lambda', 'GetPolicy', { functionName: `arn:aws:lambda:eu-central-1:${A}:function:f` }),
    named('lambda', 'GetPolicy', { functionName: 'g'.repeat(300) }),
    // As many as are listed, and more; many names of few resources; many names of nothing.
    ...many(20).map((n) =>
      named('sns', 'GetTopicAttributes', { topicArn: `arn:aws:sns:eu-central-1:${A}:t${String(n)}` }),
    ),
    ...many(45).map((n) => named('s3', 'ListObjects', { bucketName: `b${String(n)}` })),
    ...many(45).map((n) => named('logs', 'DescribeLogStreams', { logGroupName: `g${'-x'.repeat(n)}` })),
    ...many(45).map((n) => listed('kms', 'GenerateDataKey', [key(String(n))])),
    ...many(3).map((n) =>
      listed(
        'kms',
        'ReEncrypt',
        many(10).map((m) => key(String(10 * n + m))),
      ),
    ),
    ...many(30).map((n) =>
      named('route53', 'GetHostedZone', {
        hostedZoneId: `${n % 2 === 0 ? '/hostedzone/' : ''}Z${String(n >> 1)}`,
      }),
    ),
    ...many(30).map((n) => named('s3', 'GetBucketWebsite', { bucketName: `* ${String(n)}` })),
    named('s3', 'GetBucketWebsite', { bucketName: 'site' }),
    // An old record, and calls without an actor of their own.
    call('s3', 'GetBucketAcl', { requestParameters: { bucketName: 'old' }, recipientAccountId: undefined }),
    call('s3', 'GetBucketAcl', {
      requestParameters: { bucketName: 'service' },
      userIdentity: { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
    }),
    assume('deploy', 'ASIAX', {}),
  ];
}

/** alice -> build (A) -> deploy (B) -> audit (A), with calls in each; copies in both accounts, redactions and borders. */
export function chainRecords(): JsonObject[] {
  const inBoth = (shared: string, start: JsonObject, account: string, caller: JsonObject): JsonObject[] => [
    { ...start, sharedEventID: shared },
    {
      ...start,
      sharedEventID: shared,
      eventID: `copy-${shared}`,
      recipientAccountId: account,
      userIdentity: caller,
    },
  ];
  const build = session('build', 'work', 'ASIABUILD');
  const deploy = session('deploy', 'work', 'ASIADEPLOY', B);
  const toDeploy = assume(
    'deploy',
    'ASIADEPLOY',
    { eventTime: '2026-07-02T10:10:00Z', userIdentity: build },
    B,
  );
  const toAudit = assume('audit', 'ASIAAUDIT', {
    eventTime: '2026-07-02T10:20:00Z',
    recipientAccountId: B,
    userIdentity: deploy,
  });
  const redacted = assume('audit', 'ASIAHIDDEN', {
    eventTime: '2026-07-02T11:00:00Z',
    userIdentity: build,
    requestParameters: null,
    responseElements: {
      credentials: { accessKeyId: 'ASIAHIDDEN' },
      assumedRoleUser: { assumedRoleId: 'AROAAUDIT:work', arn: sts('audit', 'work') },
    },
  });
  return [
    assume('build', 'ASIABUILD', { eventTime: '2026-07-02T10:00:00Z' }),
    ...inBoth('s-deploy', toDeploy, B, { type: 'AWSAccount', principalId: 'AROABUILD:work', accountId: A }),
    ...inBoth('s-audit', toAudit, A, { type: 'AWSAccount', principalId: 'AROADEPLOY:work', accountId: B }),
    toAudit,
    record({ eventTime: '2026-07-02T10:05:00Z', userIdentity: build }),
    record({ eventTime: '2026-07-02T10:15:00Z', userIdentity: deploy, recipientAccountId: B }),
    record({ eventTime: '2026-07-02T10:25:00Z', userIdentity: session('audit', 'work', 'ASIAAUDIT') }),
    redacted,
    record({ eventTime: '2026-07-02T11:01:00Z', userIdentity: session('audit', 'work', 'ASIAHIDDEN') }),
    // The same way once more, begun before the period.
    assume('build', 'ASIAEARLY1', { eventTime: '2026-06-30T22:00:00Z' }),
    assume(
      'deploy',
      'ASIAEARLY2',
      { eventTime: '2026-06-30T22:10:00Z', userIdentity: session('build', 'early', 'ASIAEARLY1') },
      B,
    ),
    record({
      eventTime: '2026-07-01T00:00:00Z',
      recipientAccountId: B,
      userIdentity: session('deploy', 'early', 'ASIAEARLY2', B),
    }),
    // A start whose response is redacted: a session without a key, and so without calls.
    assume('audit', null, { eventTime: '2026-07-03T10:00:00Z', userIdentity: build }),
  ];
}
