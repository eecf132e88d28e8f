import type { RequestPlan } from '../../../src/base/requests/plan.js';
import { compareRequests } from '../../../src/trail/requests.js';
import type { RequestRow } from '../../../src/trail/types.js';
import type { JsonObject } from '../../support/elasticsearch/index-records.js';
import { plainRequestRows, type PlainPlan } from '../../support/files/request-reference.js';
import { A, B, C, PERIOD, record, session, user } from './records.js';

const RUN = {
  paths: ['tagSpecificationSet.items.tags[Key]', 'iamInstanceProfile.name#', 'x-amz-copy-source~versionId='],
  roles: true,
};
const PUT = { paths: ['x-amz-acl!=private', 'tags{}', 'versionId'], roles: false };
export const PLAN: RequestPlan = {
  prefixes: { first: new Map([['runtime', 'ec2']]), second: new Map() },
  services: new Map([
    ['ec2', [{ ...RUN, paths: RUN.paths.join(' '), operations: 'RunInstances RunTask' }]],
    [
      's3',
      [
        { operations: 'PutObject GetObject', paths: 'x-amz-acl!=private tags{}', roles: false },
        { operations: 'PutObject GetObject', paths: 'versionId', roles: false },
      ],
    ],
  ]),
};

function planOf(eventSource: string, eventName: string): PlainPlan | null {
  const name = eventName.replace(/\d{8}$/, '');
  if (['ec2.amazonaws.com', 'runtime.amazonaws.com'].includes(eventSource))
    return ['RunInstances', 'RunTask'].includes(name) ? RUN : null;
  return eventSource === 's3.amazonaws.com' && ['PutObject', 'GetObject'].includes(name) ? PUT : null;
}

/** The rows that every engine must give, in order. */
export const expectedRequests = (records: readonly JsonObject[]): RequestRow[] =>
  (plainRequestRows(records, PERIOD, [A, B], planOf) as unknown as RequestRow[]).sort(compareRequests);

export const role = (name: string): string => `arn:aws:iam::${A}:role/${name}`;

export const TAGGED = { tagSpecificationSet: { items: [{ tags: [{ key: 'team', value: 'blue' }] }] } };

/** One of everything that requests may have, or lack. */
export function requestRecords(): JsonObject[] {
  const run = (requestParameters: unknown, over: JsonObject = {}): JsonObject =>
    record({ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', requestParameters, ...over });
  const put = (requestParameters: unknown, over: JsonObject = {}): JsonObject =>
    record({ eventName: 'PutObject', requestParameters, ...over });
  const twice = run({ ...TAGGED, twice: true });
  return [
    run(TAGGED, { eventTime: '2026-07-03T10:00:00Z' }),
    run(TAGGED),
    run({ instanceType: 't3.micro' }),
    // Nothing to look into.
    run(null),
    run(undefined, { eventTime: '2026-07-03T10:00:00Z' }),
    run({}),
    run({ omitted: true, originalSize: 200_000 }),
    // Two trails recorded it.
    twice,
    twice,
    // Roles: by name, by ARN, two of them, and with other paths.
    run({ iamInstanceProfile: { name: 'web' } }),
    run({ iamInstanceProfile: { arn: `arn:aws:iam::${A}:instance-profile/web` } }),
    run({ deep: { list: [role('one'), { other: role('two') }] } }),
    run({ deep: role('one'), ...TAGGED }, { eventTime: '2026-07-04T10:00:00Z' }),
    run({ deep: role('one') }, { eventTime: '2026-07-05T10:00:00Z' }),
    // Outcomes.
    run(TAGGED, { errorCode: 'Client.UnauthorizedOperation' }),
    run(TAGGED, { errorCode: 'Client.DryRunOperation' }),
    run({ deep: role('one') }, { errorCode: 'Client.InvalidParameterValue' }),
    // Other callers, names and sources of the same operation.
    run(TAGGED, { userIdentity: session('deploy', 'work', 'ASIADEPLOY1') }),
    run(TAGGED, { userIdentity: session('deploy', 'more', 'ASIADEPLOY2') }),
    run(TAGGED, { eventName: 'RunInstances20260101' }),
    run({ roleArn: role('one') }, { eventSource: 'runtime.amazonaws.com', eventName: 'RunTask' }),
    // Values that count, and values that do not.
    put({ bucketName: 'b', 'x-amz-acl': 'private' }),
    put({ bucketName: 'b', 'x-amz-acl': 'public-read' }),
    put({ bucketName: 'b', versionId: '1', tags: { team: 'blue' } }),
    put({ bucketName: 'b', versionId: '', tags: {} }),
    put({ bucketName: 'b', roleArn: role('one') }),
    // Not in the plan, not a call, or outside the accounts or the period.
    record({ eventName: 'ListBuckets', requestParameters: { tags: { a: 'b' } } }),
    run(TAGGED, { eventType: 'AwsServiceEvent' }),
    run(TAGGED, { recipientAccountId: C }),
    run(TAGGED, { recipientAccountId: B, userIdentity: user('alice', B) }),
    run(TAGGED, { recipientAccountId: undefined }),
    run(TAGGED, { eventTime: '2026-06-30T23:59:59Z' }),
    run(TAGGED, { eventTime: '2026-07-08T00:00:00Z' }),
    // More roles than are listed.
    ...Array.from({ length: 230 }, (_, index) =>
      run({ roleArn: role(`r${String((index * 7) % 115).padStart(3, '0')}`) }, { userIdentity: user('pat') }),
    ),
  ];
}
