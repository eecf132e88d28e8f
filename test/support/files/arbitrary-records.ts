import fc from 'fast-check';
import { RESOURCE_PARAMETERS } from '../../../src/trail/resources/table.js';

const account = fc.constantFrom('111111111111', '222222222222', '', null, 7, undefined);
const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(undefined, '', 'a"\\\u00e9\ud800b'));
const mostly = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: anything });
const arn = fc.constantFrom(
  ...['arn:aws:s3:::b', 'arn:aws:s3:::b/k', 'arn:aws-cn:iam::222222222222:role/p/x', 'none'],
  ...['arn:aws:sts::111111111111:assumed-role/x/ann', 'arn:aws:iam::111111111111:user/u', 'arn:é"\\'],
);
const parameters = Object.values(RESOURCE_PARAMETERS).flatMap((rules) => rules.map(({ name }) => name));
const identity = fc.record(
  {
    type: mostly(
      fc.constantFrom('IAMUser', 'AssumedRole', 'Root', 'AWSService', 'AWSAccount', 'FederatedUser'),
    ),
    arn: mostly(arn),
    principalId: mostly(fc.constantFrom('AIDA1', 'AROA1:ann')),
    accountId: account,
    accessKeyId: mostly(fc.constantFrom('ASIA1', 'AKIA1')),
    invokedBy: mostly(fc.constant('ec2.amazonaws.com')),
    sessionContext: mostly(
      fc.record({
        sourceIdentity: anything,
        sessionIssuer: mostly(fc.record({ arn: mostly(arn), principalId: anything }, { requiredKeys: [] })),
      }),
    ),
  },
  { requiredKeys: [] },
);
const anyRecord = fc
  .record(
    {
      eventTime: mostly(
        fc.oneof(
          fc.constantFrom(
            '2026-07-02T10:00:00Z',
            '2024-02-29T23:59:59Z',
            '2026-02-30T00:00:00Z',
            '2026-07-31 10:00:00',
            '20\u00e96-07-31T10:00:00Z',
          ),
          fc
            .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
            .map((date) => `${date.toISOString().slice(0, 19)}Z`),
        ),
      ),
      eventSource: mostly(
        fc.constantFrom('sts.amazonaws.com', 'signin.amazonaws.com', ...Object.keys(RESOURCE_PARAMETERS)),
      ),
      eventName: mostly(fc.constantFrom('AssumeRole', 'GetParameter', 'CreateTrail', 'Scan')),
      eventID: mostly(fc.constantFrom('one', 'two')),
      eventType: mostly(
        fc.constantFrom('AwsApiCall', 'AwsServiceEvent', 'AwsCloudTrailInsight', 'AwsVpceEvent'),
      ),
      eventCategory: mostly(
        fc.constantFrom('Management', 'Data', 'Insight', 'NetworkActivity', 'Aggregated'),
      ),
      managementEvent: mostly(fc.boolean()),
      errorCode: mostly(fc.constantFrom(null, 'AccessDenied', 'NoSuchKey', 'VpceAccessDenied')),
      recipientAccountId: account,
      sharedEventID: anything,
      addendum: mostly(fc.record({ originalEventID: mostly(fc.constantFrom('one', 'three', '')) })),
      userIdentity: mostly(identity),
      requestParameters: mostly(
        fc.dictionary(fc.constantFrom('roleArn', 'roleSessionName', ...parameters), mostly(arn), {
          maxKeys: 4,
        }),
      ),
      responseElements: mostly(
        fc.record(
          {
            credentials: mostly(fc.record({ accessKeyId: anything })),
            assumedRoleUser: mostly(fc.record({ arn: mostly(arn) })),
            ConsoleLogin: mostly(fc.constantFrom('Success', 'Failure')),
          },
          { requiredKeys: [] },
        ),
      ),
      resources: mostly(fc.array(mostly(fc.record({ ARN: mostly(arn), type: anything })), { maxLength: 3 })),
    },
    { requiredKeys: ['eventTime', 'eventSource', 'eventName'] },
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
/** Records of a file, some of them malformed. */
export const records = fc.array(
  mostly(anyRecord).map((value) => value ?? null),
  { maxLength: 8 },
);
