// CloudTrail records of an organization, from a fixed seed: the same sizes give the same records.
import { randomNumbers } from '../support.mjs';

const SERVICES = [
  ['s3.amazonaws.com', ['GetObject', 'PutObject', 'ListObjects', 'GetBucketAcl'], 'bucketName'],
  ['dynamodb.amazonaws.com', ['GetItem', 'PutItem', 'Query', 'DescribeTable'], 'tableName'],
  ['lambda.amazonaws.com', ['Invoke', 'GetFunction20150331v2', 'ListFunctions20150331'], 'functionName'],
  ['ec2.amazonaws.com', ['DescribeInstances', 'RunInstances', 'DescribeVolumes', 'StopInstances'], null],
  ['iam.amazonaws.com', ['GetRole', 'ListRoles', 'GetUser', 'ListAttachedRolePolicies'], 'roleName'],
  ['kms.amazonaws.com', ['Decrypt', 'GenerateDataKey', 'DescribeKey'], null],
  ['sqs.amazonaws.com', ['SendMessage', 'ReceiveMessage', 'DeleteMessage'], 'queueUrl'],
  ['sns.amazonaws.com', ['Publish', 'ListTopics'], 'topicArn'],
  ['logs.amazonaws.com', ['DescribeLogGroups', 'CreateLogStream', 'FilterLogEvents'], 'logGroupName'],
  ['cloudformation.amazonaws.com', ['DescribeStacks', 'ListStacks'], null],
  ['ecr.amazonaws.com', ['BatchGetImage', 'GetAuthorizationToken'], null],
  ['sts.amazonaws.com', ['GetCallerIdentity'], null],
];
const CALLS = SERVICES.flatMap(([source, names, parameter]) =>
  names.map((name) => ({ source, name, parameter })),
);
const CALLS_OF_ONE = 25;
const ROLES_OF_ONE = 8;
const DAYS = 90;
const START = Date.UTC(2026, 6, 1);
export const PERIOD = {
  start: '2026-07-01T00:00:00Z',
  end: new Date(START + DAYS * 86_400_000).toISOString(),
};

export function organisation({ accounts, principals, sessions, events }) {
  const random = randomNumbers();
  const accountIds = Array.from({ length: accounts }, (_, i) => String(100_000_000_000 + i * 7_919));
  const all = Array.from({ length: principals }, (_, i) => {
    const account = accountIds[i % accounts];
    const calls = Array.from({ length: CALLS_OF_ONE }, () => CALLS[random(CALLS.length)]);
    return {
      name: `p${i}`,
      account,
      arn: `arn:aws:iam::${account}:${i < principals / 2 ? 'user' : 'role'}/team/p${i}`,
      calls,
    };
  });
  const users = all.slice(0, principals / 2);
  const roles = all.slice(principals / 2);
  const rolesOf = new Map(
    users.map((user) => [user, Array.from({ length: ROLES_OF_ONE }, () => roles[random(roles.length)])]),
  );
  const keyOf = (session) => `ASIA${String(session).padStart(16, '0')}`;
  const opened = Array.from({ length: sessions }, (_, i) => {
    const user = users[random(users.length)];
    return {
      user,
      role: rolesOf.get(user)[random(ROLES_OF_ONE)],
      time: START + random(DAYS * 86_400_000 - 3_600_000),
      name: i % 7 === 0 ? `botocore-session-${1_782_864_000 + i}` : user.name,
      key: keyOf(i),
    };
  });
  const userIdentity = ({ name, account, arn }) => ({
    type: 'IAMUser',
    principalId: `AIDA${name.toUpperCase()}`,
    arn,
    accountId: account,
    accessKeyId: `AKIA${name.toUpperCase()}`,
    userName: name,
  });
  const sessionIdentity = ({ role, name, key }) => ({
    type: 'AssumedRole',
    principalId: `AROA${role.name.toUpperCase()}:${name}`,
    arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`,
    accountId: role.account,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROA${role.name.toUpperCase()}`,
        arn: role.arn,
        accountId: role.account,
        userName: role.name,
      },
    },
  });
  const recordOf = (i, time, account, identity, source, name, more) => ({
    eventVersion: '1.08',
    userIdentity: identity,
    eventTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
    eventSource: source,
    eventName: name,
    awsRegion: 'eu-central-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.15.0 Python/3.11.6 Linux/5.10',
    requestParameters: null,
    responseElements: null,
    eventID: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...more,
  });
  const start = (i) => {
    const { role, user, time, name, key } = opened[i];
    return recordOf(i, time, user.account, userIdentity(user), 'sts.amazonaws.com', 'AssumeRole', {
      requestParameters: { roleArn: role.arn, roleSessionName: name },
      responseElements: { credentials: { accessKeyId: key, expiration: 'Jul 2, 2026' } },
    });
  };
  const call = (i) => {
    const session = i % 2 === 0 ? opened[random(sessions)] : null;
    const who = session?.role ?? users[random(users.length)];
    const { source, name, parameter } = who.calls[Math.min(random(CALLS_OF_ONE), random(CALLS_OF_ONE))];
    const time = session === null ? START + random(DAYS * 86_400_000) : session.time + random(3_600_000);
    const identity = session === null ? userIdentity(who) : sessionIdentity(session);
    return recordOf(i, time, who.account, identity, source, name, {
      ...(parameter === null ? {} : { requestParameters: { [parameter]: `${parameter}-${random(40)}` } }),
      ...(random(20) === 0 ? { errorCode: 'AccessDenied', errorMessage: 'not authorized' } : {}),
    });
  };
  return {
    accountIds,
    calls: [...CALLS, { source: 'sts.amazonaws.com', name: 'AssumeRole' }],
    users,
    opened,
    *records(count = events) {
      for (let i = 0; i < count; i += 1) yield i < sessions ? start(i) : call(i);
    },
  };
}
