import fc from 'fast-check';
import type { AccessRequest } from './iam-reference.js';

const ACTIONS = [
  ...['*', '*:*', 's3:*', 'S3:get*', 's3:Put*', 's3:PutObject?cl', 'ec2:St?rt*', 'ec2:*', '*:*Object*'],
  ...['sts:AssumeRole', 's3:getobject', 's3:ListBucket', 's3:CreateBucket', 'x:Y', 's3:NewThing', 's3:New*'],
];
export const ROLE = 'arn:aws:iam::111111111111:role/r';
const RESOURCES = [
  ...['*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/*', 'arn:aws:s3:::?/*', 'arn:aws:s3:::b/k', 'arn:aws:s3:::*'],
  ...['arn:aws:s3:::c/${aws:username}/*', 'arn:aws:s3:::b/${*}', "arn:aws:s3:::${aws:username, 'b'}/*"],
  ...['arn:aws:ec2:*:*:instance/*', 'arn:aws:ec2:eu-west-1:111111111111:instance/i-?', ROLE],
];
const CONDITIONS = [
  { StringEquals: { 'aws:username': ['alice', 'b'] } },
  { StringEquals: { 'aws:username': ['b', 'alice'] } },
  { StringNotLike: { 'AWS:Username': 'a*' } },
  { Bool: { 'aws:MultiFactorAuthPresent': true }, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { Null: { 'aws:username': 'true' } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/${aws:username}' } },
  { StringLike: { 'aws:PrincipalArn': '*/b' }, NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } },
  { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
  {},
];
export const CONTEXTS: readonly AccessRequest['context'][] = [
  {},
  {
    'aws:username': ['alice'],
    'aws:PrincipalArn': ['arn:aws:iam::111111111111:user/alice'],
    'aws:MultiFactorAuthPresent': ['true'],
    'aws:SourceIp': ['10.1.2.3'],
    'aws:TagKeys': ['a', 'c'],
  },
  {
    'aws:username': ['b'],
    'aws:PrincipalArn': ['arn:aws:iam::111111111111:user/b'],
    'aws:MultiFactorAuthPresent': ['false'],
    'aws:SourceIp': ['192.0.2.7'],
  },
];
export const SAMPLED_RESOURCES = [
  ...[
    '*',
    'arn:aws:s3:::b',
    'arn:aws:s3:::b/k',
    'arn:aws:s3:::b/*',
    'arn:aws:s3:::c/alice/k',
    'arn:aws:s3:::c',
  ],
  ...['arn:aws:s3:::b/${*}', 'arn:aws:ec2:eu-west-1:111111111111:instance/i-1', ROLE],
  `arn:aws:s3:::bucket-with-a-long-name-19/${'x'.repeat(30)}`,
];
/** Long enough in total that suggestions must be split. */
const longList = fc
  .integer({ min: 60, max: 120 })
  .map((n) =>
    Array.from({ length: n }, (_, i) => `arn:aws:s3:::bucket-with-a-long-name-${i}/${'x'.repeat(30)}`),
  );
export const few = (items: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.constantFrom(...items), { minLength: 1, maxLength: 3 });
export const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    actionKind: fc.constantFrom('Action', 'Action', 'NotAction'),
    actions: few(ACTIONS),
    resourceKind: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
    resources: fc.oneof(
      { weight: 5, arbitrary: few(RESOURCES) },
      { weight: 1, arbitrary: fc.tuple(few(RESOURCES), longList).map(([a, b]) => [...a, ...b]) },
    ),
    Condition: fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined }),
    Sid: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
  })
  .map(({ Effect, actionKind, actions, resourceKind, resources, Condition, Sid }) => ({
    ...(Sid === undefined ? {} : { Sid }),
    ...{ Effect, [actionKind]: actions, [resourceKind]: resources },
    ...(Condition === undefined ? {} : { Condition }),
  }));
export const documentOf = fc.record({
  Version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
  Statement: fc.array(statement, { minLength: 1, maxLength: 4 }),
});
export const documents = fc.array(documentOf, { maxLength: 3 });
