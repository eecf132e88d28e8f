import { expect, it } from 'vitest';
import { trustEntries } from '../../src/iam/trust.js';
import { A, aws, role, type RawStatement } from './trust-support.js';

const named = (Principal: unknown, more: RawStatement = {}) =>
  trustEntries(role({ trust: [{ Principal, ...more }] })).map((e) => [e.kind, e.value, e.accountId]);

// AWS JSON policy elements: Principal
it.each([
  ['everyone', '*', null],
  ['account', `arn:aws:iam::${A}:root`, A],
  ['account', A, A],
  ['user', `arn:aws-us-gov:iam::${A}:user/path/alice`, A],
  ['role', `arn:aws:iam::${A}:role/path/deploy`, A],
  ['session', `arn:aws:sts::${A}:assumed-role/deploy/me`, A],
  ['deleted', 'AIDACKCEVSQ6C2EXAMPLE', null],
  ['deleted', 'AROACKCEVSQ6C2EXAMPLE', null],
  ['other', `arn:aws:sts::${A}:federated-user/alice`, A],
  ['other', 'arn:aws:iam::cloudfront:user/x', null],
])('reads an AWS principal as %s: %s', (kind, value, accountId) => {
  expect(named({ AWS: value })).toEqual([[kind, value, accountId]]);
});

it.each([
  ['everyone', '*', '*', null],
  ['service', { Service: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com', null],
  [
    'federated',
    { Federated: `arn:aws:iam::${A}:saml-provider/idp` },
    `arn:aws:iam::${A}:saml-provider/idp`,
    A,
  ],
  ['federated', { Federated: 'cognito-identity.amazonaws.com' }, 'cognito-identity.amazonaws.com', null],
  ['other', { CanonicalUser: '79a5' }, '79a5', null],
])('reads the other kinds of principals: %s', (kind, principal, value, accountId) => {
  expect(named(principal)).toEqual([[kind, value, accountId]]);
});

it.each(['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'STS:assumerolewithwebidentity', 'sts:*', '*'])(
  'lists whom %s lets in',
  (Action) => {
    expect(named({ AWS: A }, { Action })).toHaveLength(1);
  },
);

it('leaves out Deny statements and other actions', () => {
  expect(named({ AWS: A }, { Effect: 'Deny' })).toEqual([]);
  expect(named({ AWS: A }, { Action: ['sts:TagSession', 'sts:SetSourceIdentity'] })).toEqual([]);
});

it('names the statement, says conditions in words, sorted, and marks NotPrincipal', () => {
  const Condition = {
    StringEquals: { 'sts:ExternalId': ['b', 'a'] },
    Bool: { 'aws:MultiFactorAuthPresent': true },
  };
  const entries = trustEntries(
    role({ trust: [aws(A, { Effect: 'Deny' }), aws(['*', A], { Condition }), { NotPrincipal: { AWS: A } }] }),
  );
  const conditions = ['Bool aws:MultiFactorAuthPresent = true', 'StringEquals sts:ExternalId = a; b'];
  expect(entries).toEqual([
    { kind: 'everyone', value: '*', accountId: null, statement: 2, conditions, inverted: false },
    { kind: 'account', value: A, accountId: A, statement: 2, conditions, inverted: false },
    { kind: 'account', value: A, accountId: A, statement: 3, conditions: [], inverted: true },
  ]);
});
