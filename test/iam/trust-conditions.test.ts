import { describe, expect, it } from 'vitest';
import { mayAssume } from '../../src/iam/trust.js';
import type { Allowed, Principal } from '../../src/iam/types.js';
import { A, aws, role, user, type RawStatement, type Sketch } from './trust-support.js';

const caller = (sketch: Sketch = {}) => role({ name: 'caller', path: '/ops/', ...sketch });
type Conditions = Readonly<Record<string, RawStatement>>;

/** rule, caller, Condition of a trust policy that names everyone, answer */
type Row = readonly [string, Principal, Conditions, Allowed];

function check(page: string, rows: readonly Row[]): void {
  describe(page, () => {
    it.each(rows)('%s', (_, source, Condition, expected) => {
      const target = role({ trust: [aws('*', { Condition })], tags: { Team: 'blue' } });
      expect(mayAssume(source, target)).toBe(expected);
    });
  });
}

const principalArn = (operator: string, value: string | readonly string[]): Conditions => ({
  [operator]: { 'aws:PrincipalArn': value },
});

check('AWS global condition context keys', [
  ['aws:PrincipalArn of a user', user(), principalArn('ArnEquals', `arn:aws:iam::${A}:user/alice`), 'yes'],
  [
    'aws:PrincipalArn of a role is the role, with its path',
    caller(),
    principalArn('ArnLike', `arn:aws:iam::${A}:role/ops/c*`),
    'yes',
  ],
  [
    '… and not its session',
    caller(),
    principalArn('StringLike', `arn:aws:sts::${A}:assumed-role/caller/*`),
    'no',
  ],
  ['aws:PrincipalAccount', user(), { StringEquals: { 'aws:PrincipalAccount': A } }, 'yes'],
  [
    'aws:PrincipalAccount, another',
    user(),
    { StringEquals: { 'aws:PrincipalAccount': '999999999999' } },
    'no',
  ],
  ['keys without case', user(), { StringEquals: { 'AWS:principalACCOUNT': A } }, 'yes'],
  ['aws:PrincipalType of a user', user(), { StringEquals: { 'aws:PrincipalType': 'User' } }, 'yes'],
  ['aws:PrincipalType of a role', caller(), { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }, 'yes'],
  ['aws:username', user(), { StringLike: { 'aws:username': 'ali*' } }, 'yes'],
  ['aws:username is absent for roles', caller(), { StringLike: { 'aws:username': '*' } }, 'no'],
  ['aws:userid of a user', user({ id: 'AIDAX' }), { StringEquals: { 'aws:userid': 'AIDAX' } }, 'yes'],
  [
    'aws:userid of any session of a role',
    caller({ id: 'AROAX' }),
    { StringLike: { 'aws:userid': 'AROAX:*' } },
    'yes',
  ],
  [
    'aws:userid of one session',
    caller({ id: 'AROAX' }),
    { StringEquals: { 'aws:userid': 'AROAX:me' } },
    'conditional',
  ],
  [
    'aws:userid of some sessions',
    caller({ id: 'AROAX' }),
    { StringLike: { 'aws:userid': 'AROAX:m*' } },
    'conditional',
  ],
  ['aws:userid of another role', caller({ id: 'AROAX' }), { StringLike: { 'aws:userid': 'AROAY:*' } }, 'no'],
  [
    'aws:PrincipalTag',
    user({ tags: { Team: 'red' } }),
    { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
    'yes',
  ],
  [
    'aws:PrincipalTag, another value',
    user({ tags: { Team: 'blue' } }),
    { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
    'no',
  ],
  ['aws:PrincipalTag, no such tag', user(), { StringEquals: { 'aws:PrincipalTag/team': 'red' } }, 'no'],
  [
    'aws:PrincipalTag of a role',
    caller({ tags: { Team: 'red' } }),
    { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
    'yes',
  ],
  [
    '… that session tags may override (Pass session tags in AWS STS)',
    caller({ tags: { Team: 'red' }, trust: [aws(A, { Action: ['sts:AssumeRole', 'sts:TagSession'] })] }),
    { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
    'conditional',
  ],
  ['aws:ResourceTag', user(), { StringEquals: { 'aws:ResourceTag/Team': 'blue' } }, 'yes'],
  ['aws:ResourceAccount', user(), { StringEquals: { 'aws:ResourceAccount': A } }, 'yes'],
]);

check('IAM JSON policy elements: Condition operators', [
  [
    'one of several values',
    user(),
    principalArn('ArnEquals', ['arn:aws:iam::1:user/x', `arn:aws:iam::${A}:user/*`]),
    'yes',
  ],
  [
    'ArnEquals takes wildcards, as ArnLike',
    user(),
    principalArn('ArnEquals', `arn:aws:iam::*:user/alice`),
    'yes',
  ],
  ['an ARN wildcard stays within its part', user(), principalArn('ArnLike', `arn:*:user/alice`), 'no'],
  ['StringEquals takes none', user(), principalArn('StringEquals', `arn:aws:iam::${A}:user/*`), 'no'],
  ['StringLike is case-sensitive', user(), principalArn('StringLike', `arn:aws:iam::${A}:user/ALICE`), 'no'],
  ['StringEqualsIgnoreCase is not', user(), { StringEqualsIgnoreCase: { 'aws:username': 'ALICE' } }, 'yes'],
  ['ArnNotLike', user(), principalArn('ArnNotLike', `arn:aws:iam::${A}:user/*`), 'no'],
  ['StringNotLike, another', user(), principalArn('StringNotLike', '*/bob'), 'yes'],
  [
    'StringNotEquals of several: none may match',
    user(),
    { StringNotEquals: { 'aws:username': ['bob', 'alice'] } },
    'no',
  ],
  ['StringNotEqualsIgnoreCase', user(), { StringNotEqualsIgnoreCase: { 'aws:username': 'ALICE' } }, 'no'],
  ['negated, and the key is absent', caller(), { StringNotEquals: { 'aws:username': 'bob' } }, 'yes'],
  ['IfExists, and the key is absent', caller(), { StringEqualsIfExists: { 'aws:username': 'bob' } }, 'yes'],
  ['IfExists, and the key is there', user(), { StringEqualsIfExists: { 'aws:username': 'bob' } }, 'no'],
  ['Null', user(), { Null: { 'aws:username': 'false' } }, 'yes'],
  ['Null of an absent key', caller(), { Null: { 'aws:username': 'false' } }, 'no'],
  ['Bool', user(), { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, 'no'],
  [
    'all keys must match',
    user(),
    { StringEquals: { 'aws:username': 'alice', 'aws:PrincipalType': 'Account' } },
    'no',
  ],
  [
    'all operators must match',
    user(),
    { StringEquals: { 'aws:username': 'alice' }, StringNotEquals: { 'aws:PrincipalType': 'User' } },
    'no',
  ],
  [
    'a key that is decided against beats one that is not',
    user(),
    { StringEquals: { 'aws:username': 'bob', 'sts:ExternalId': 'x' } },
    'no',
  ],
  ['ForAnyValue', user(), { 'ForAnyValue:StringEquals': { 'aws:PrincipalArn': 'x' } }, 'conditional'],
]);

check('Keys that only the request knows', [
  ['sts:ExternalId', user(), { StringEquals: { 'sts:ExternalId': 'x' } }, 'conditional'],
  ['aws:MultiFactorAuthPresent', user(), { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'conditional'],
  ['aws:PrincipalOrgID', user(), { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'conditional'],
  ['aws:SourceIp', user(), { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'conditional'],
  ['sts:SourceIdentity', user(), { StringLike: { 'sts:SourceIdentity': '*' } }, 'conditional'],
  [
    'sts:RoleSessionName, with a variable',
    user(),
    { StringLike: { 'sts:RoleSessionName': '${aws:username}' } },
    'conditional',
  ],
]);

/** rule, caller, Resource of its own policy, version, answer; the trust policy names the account */
type VariableRow = readonly [string, (policy: Sketch) => Principal, string, string, Allowed];
const ROLES = `arn:aws:iam::${A}:role/`;
const variableRows: readonly VariableRow[] = [
  ['the name of the user', user, `${ROLES}\${aws:username}-admin`, '2012-10-17', 'yes'],
  [
    'the name of another user',
    (s) => user({ ...s, name: 'bob' }),
    `${ROLES}\${aws:username}-admin`,
    '2012-10-17',
    'no',
  ],
  ['an account', user, `arn:aws:iam::\${aws:PrincipalAccount}:role/*`, '2012-10-17', 'yes'],
  [
    'a tag',
    (s) => user({ ...s, tags: { who: 'alice' } }),
    `${ROLES}\${aws:PrincipalTag/who}-admin`,
    '2012-10-17',
    'yes',
  ],
  ['absent: nothing matches', caller, `${ROLES}\${aws:username}*`, '2012-10-17', 'no'],
  ['absent, with a default', caller, `${ROLES}\${aws:username, 'alice'}-admin`, '2012-10-17', 'yes'],
  ['known only in the request', user, `${ROLES}\${sts:ExternalId}-admin`, '2012-10-17', 'conditional'],
  ['… and it could not fit', user, `${ROLES}\${sts:ExternalId}-reader`, '2012-10-17', 'no'],
  ['a star that is a star', user, `${ROLES}\${*}`, '2012-10-17', 'no'],
  ['none in the old version', user, `${ROLES}\${aws:username}-admin`, '2008-10-17', 'no'],
];

describe('IAM policy elements: Variables and tags', () => {
  it.each(variableRows)('%s', (_, make, Resource, version, expected) => {
    const target = role({ name: 'alice-admin', trust: [aws(A)] });
    expect(mayAssume(make({ policy: [{ Resource }], version }), target)).toBe(expected);
  });

  it('fills in variables in conditions too', () => {
    const Condition = { StringEquals: { 'aws:username': '${aws:PrincipalTag/login}' } };
    const target = role({ trust: [aws('*', { Condition })] });
    expect(mayAssume(user({ tags: { login: 'alice' } }), target)).toBe('yes');
    expect(mayAssume(user({ tags: { login: 'bob' } }), target)).toBe('no');
    expect(mayAssume(user(), target)).toBe('no');
  });
});
