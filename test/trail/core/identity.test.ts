import { describe, expect, it } from 'vitest';
import { identify } from '../../../src/trail/identity.js';
import type { Actor, RawActor } from '../../../src/trail/types.js';

const ACCOUNT = '111111111111';
const nobody: RawActor = {
  type: null,
  arn: null,
  principalId: null,
  accountId: null,
  issuerArn: null,
  issuerId: null,
  invokedBy: null,
};
const actor = (
  kind: Actor['kind'],
  arn: string,
  id: string | null,
  accountId: string | null = ACCOUNT,
): Actor => ({
  kind,
  arn,
  id,
  accountId,
});
const cases: readonly (readonly [string, Partial<RawActor>, Actor])[] = [
  [
    'a session by its issuer, with the path',
    {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ci/s`,
      principalId: 'AROACI:s',
      issuerArn: `arn:aws:iam::${ACCOUNT}:role/team/ci`,
      issuerId: 'AROACI',
    },
    actor('role', `arn:aws:iam::${ACCOUNT}:role/team/ci`, 'AROACI'),
  ],
  [
    'the id before the colon where the issuer has none',
    { type: 'AssumedRole', principalId: 'AROACI:s', issuerArn: `arn:aws:iam::${ACCOUNT}:role/ci` },
    actor('role', `arn:aws:iam::${ACCOUNT}:role/ci`, 'AROACI'),
  ],
  [
    'a session without issuer, path unknown, in GovCloud',
    { type: 'AssumedRole', arn: `arn:aws-us-gov:sts::${ACCOUNT}:assumed-role/ci/s`, principalId: 'AROACI:s' },
    actor('role', `arn:aws-us-gov:iam::${ACCOUNT}:role/ci`, 'AROACI'),
  ],
  [
    'a session without the ARN of its issuer by the id of the issuer',
    { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ci/s`, issuerId: 'AROACI' },
    actor('role', `arn:aws:iam::${ACCOUNT}:role/ci`, 'AROACI'),
  ],
  [
    'a federated user as the user who issued the session',
    { type: 'FederatedUser', issuerArn: `arn:aws:iam::${ACCOUNT}:user/a`, issuerId: 'AIDAA' },
    actor('user', `arn:aws:iam::${ACCOUNT}:user/a`, 'AIDAA'),
  ],
  [
    'a user in China',
    { type: 'IAMUser', arn: `arn:aws-cn:iam::${ACCOUNT}:user/x/a`, principalId: 'AIDAA', accountId: ACCOUNT },
    actor('user', `arn:aws-cn:iam::${ACCOUNT}:user/x/a`, 'AIDAA'),
  ],
  [
    'a user whose record has no type',
    { arn: `arn:aws:iam::${ACCOUNT}:user/a`, principalId: 'AIDAA' },
    actor('user', `arn:aws:iam::${ACCOUNT}:user/a`, 'AIDAA'),
  ],
  [
    'a user without an ARN by the unique id',
    { type: 'IAMUser', principalId: 'AIDAA', accountId: ACCOUNT },
    actor('unknown', 'AIDAA', 'AIDAA'),
  ],
  [
    'root',
    { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, principalId: ACCOUNT, accountId: ACCOUNT },
    actor('root', `arn:aws:iam::${ACCOUNT}:root`, null),
  ],
  [
    'a service',
    { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
    actor('service', 'ec2.amazonaws.com', null, null),
  ],
  ['a service without a name', { type: 'AWSInternal' }, actor('service', 'aws-service', null, null)],
  [
    "another account's caller",
    { type: 'AWSAccount', principalId: 'AROAX:s', accountId: '222222222222' },
    actor('external', 'AROAX', 'AROAX', '222222222222'),
  ],
  [
    'an account without a caller',
    { type: 'AWSAccount', accountId: '222222222222' },
    actor('external', '222222222222', null, '222222222222'),
  ],
  ['SAML', { type: 'SAMLUser', principalId: 'idp:joe' }, actor('saml', 'idp:joe', null, null)],
  ['web identity', { type: 'WebIdentityUser', principalId: 'sub' }, actor('web-identity', 'sub', null, null)],
  ['nothing at all', {}, actor('unknown', 'unknown', null, null)],
];

describe('identify', () => {
  it.each(cases)('names %s', (_name, raw, expected) => {
    expect(identify({ ...nobody, ...raw })).toEqual(expected);
  });
});
