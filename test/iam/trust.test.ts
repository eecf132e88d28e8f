import { describe, expect, it } from 'vitest';
import { mayAssume } from '../../src/iam/trust.js';
import type { Allowed, Principal } from '../../src/iam/types.js';
import { A, aws, B, role, user, type RawStatement, type Sketch } from './trust-support.js';
import type { MissingPolicy } from '../../src/iam/faults.js';

const ALICE = `arn:aws:iam::${A}:user/alice`;
const TARGET = `arn:aws:iam::${A}:role/target`;
const ROOT = `arn:aws:iam::${A}:root`;
const yes = [{}];
const deny = { Effect: 'Deny' };
const s3 = [{ Action: 's3:*' }];
const caller = (sketch: Sketch = {}) => role({ name: 'caller', ...sketch });
const CALLER = `arn:aws:iam::${A}:role/caller`;

/** rule, caller, trust policy, answer */
type Row = readonly [string, Principal, readonly RawStatement[], Allowed];

function check(page: string, rows: readonly Row[]): void {
  describe(page, () => {
    it.each(rows)('%s', (_, source, trust, expected) => {
      expect(mayAssume(source, role({ trust }))).toBe(expected);
    });
  });
}

check('AWS JSON policy elements: Principal', [
  ['nobody is named', user({ policy: yes }), [], 'no'],
  ['the account by ARN, and the user may', user({ policy: yes }), [aws(ROOT)], 'yes'],
  ['the account by id, and the user may', user({ policy: yes }), [aws(A)], 'yes'],
  ['the account, and the user has no policy', user(), [aws(ROOT)], 'no'],
  ['another account', user({ policy: yes }), [aws(B)], 'no'],
  ['the user by ARN needs no policy of its own', user(), [aws(ALICE)], 'yes'],
  ['one of several', user(), [aws([`arn:aws:iam::${A}:user/bob`, ALICE])], 'yes'],
  [
    'the user by ARN with its path',
    user({ path: '/ops/' }),
    [aws(`arn:aws:iam::${A}:user/ops/alice`)],
    'yes',
  ],
  ['the same name under another path', user({ path: '/ops/' }), [aws(ALICE)], 'no'],
  ['user names are case-sensitive', user(), [aws(`arn:aws:iam::${A}:user/Alice`)], 'no'],
  ['no wildcard within an ARN', user({ policy: yes }), [aws(`arn:aws:iam::${A}:user/*`)], 'no'],
  ['the unique id of a live user', user({ id: 'AIDAX' }), [aws('AIDAX')], 'yes'],
  ['the unique id of a deleted user of that name', user({ id: 'AIDANEW' }), [aws('AIDAOLD')], 'no'],
  ['a role by ARN', caller(), [aws(CALLER)], 'yes'],
  ['the unique id of a live role', caller({ id: 'AROAX' }), [aws('AROAX')], 'yes'],
  ['one session of a role', caller(), [aws(`arn:aws:sts::${A}:assumed-role/caller/deploy`)], 'conditional'],
  ['a session of another role', caller(), [aws(`arn:aws:sts::${A}:assumed-role/other/x`)], 'no'],
  [
    'a session does not mean the user of that name',
    user(),
    [aws(`arn:aws:sts::${A}:assumed-role/alice/x`)],
    'no',
  ],
  ['* in the same account needs no policy', user(), [aws('*')], 'yes'],
  ['* written as a string', user(), [{ Principal: '*' }], 'yes'],
  ['* in another account needs a policy there', user({ account: B }), [aws('*')], 'no'],
  ['* in another account, with one', user({ account: B, policy: yes }), [aws('*')], 'yes'],
  [
    'a service lets no user in',
    user({ policy: yes }),
    [{ Principal: { Service: 'ec2.amazonaws.com' } }],
    'no',
  ],
  [
    'a provider lets no user in',
    user({ policy: yes }),
    [{ Principal: { Federated: 'accounts.google.com' } }],
    'no',
  ],
  [
    'AssumeRoleWithSAML is not AssumeRole',
    user({ policy: yes }),
    [aws(ROOT, { Action: 'sts:AssumeRoleWithSAML' })],
    'no',
  ],
  [
    'sts:* is, in any case',
    user({ policy: [{ Action: 'STS:assume*' }] }),
    [aws(ROOT, { Action: 'sts:*' })],
    'yes',
  ],
  ['NotAction leaves it in', user(), [aws(ALICE, { NotAction: 'sts:TagSession' })], 'yes'],
]);

check('Cross-account policy evaluation logic', [
  ['naming the user is not enough', user({ account: B }), [aws(`arn:aws:iam::${B}:user/alice`)], 'no'],
  ['both', user({ account: B, policy: yes }), [aws(`arn:aws:iam::${B}:user/alice`)], 'yes'],
  ['both, by account', user({ account: B, policy: [{ Resource: TARGET }] }), [aws(B)], 'yes'],
  ['own policy only', user({ account: B, policy: yes }), [aws(ROOT)], 'no'],
  ['own policy on another role', user({ account: B, policy: [{ Resource: `${TARGET}2` }] }), [aws(B)], 'no'],
  ['a boundary of the caller counts', user({ account: B, policy: yes, boundary: s3 }), [aws(B)], 'no'],
  ['a role by ARN', caller({ account: B, policy: yes }), [aws(`arn:aws:iam::${B}:role/caller`)], 'yes'],
  [
    'only within one partition (How IAM roles differ from resource-based policies)',
    user({ account: B, partition: 'aws-cn', policy: yes }),
    [aws('*')],
    'no',
  ],
]);

check('Policy evaluation logic: implicit denies with resource-based policies', [
  ['a boundary does not limit a trust that names the user', user({ boundary: s3 }), [aws(ALICE)], 'yes'],
  ['a boundary limits a trust that names the role', caller({ boundary: s3 }), [aws(CALLER)], 'no'],
  ['a role whose boundary allows it needs no policy', caller({ boundary: yes }), [aws(CALLER)], 'yes'],
  [
    'a boundary does not limit * (Principal: IAM role principals)',
    caller({ boundary: s3 }),
    [aws('*')],
    'yes',
  ],
  ['a boundary limits what the account is given', user({ policy: yes, boundary: s3 }), [aws(ROOT)], 'no'],
  ['a boundary grants nothing', user({ boundary: yes }), [aws(ROOT)], 'no'],
  ['a boundary and a policy', user({ policy: yes, boundary: yes }), [aws(ROOT)], 'yes'],
  [
    'a session that is named is not limited by the boundary',
    caller({ boundary: s3 }),
    [aws(`arn:aws:sts::${A}:assumed-role/caller/x`)],
    'conditional',
  ],
]);

check('Policy evaluation logic: an explicit Deny wins', [
  ['in the identity policy', user({ policy: [{}, deny] }), [aws(ALICE)], 'no'],
  [
    'in the identity policy, on another role',
    user({ policy: [{ ...deny, Resource: `${TARGET}2` }] }),
    [aws(ALICE)],
    'yes',
  ],
  ['in the boundary, also for a user named', user({ boundary: [{}, deny] }), [aws(ALICE)], 'no'],
  ['in the trust policy, of the user', user({ policy: yes }), [aws(ROOT), aws(ALICE, deny)], 'no'],
  ['in the trust policy, of the account', user(), [aws(ALICE), aws(ROOT, deny)], 'no'],
  [
    'in the trust policy, of another user',
    user(),
    [aws(ALICE), aws(`arn:aws:iam::${A}:user/bob`, deny)],
    'yes',
  ],
  [
    'in the trust policy, of one session',
    caller(),
    [aws(CALLER), aws(`arn:aws:sts::${A}:assumed-role/caller/x`, deny)],
    'conditional',
  ],
  [
    'in the trust policy, without MFA',
    user(),
    [
      aws(ALICE),
      aws('*', { ...deny, Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
    ],
    'conditional',
  ],
  ['NotResource leaves the role in', user({ policy: [{ NotResource: `${TARGET}2` }] }), [aws(ROOT)], 'yes'],
  ['NotResource leaves the role out', user({ policy: [{ NotResource: TARGET }] }), [aws(ROOT)], 'no'],
]);

const notPrincipal = (value: readonly string[], more = {}): RawStatement => ({
  NotPrincipal: { AWS: value },
  ...more,
});

check('AWS JSON policy elements: NotPrincipal', [
  ['Deny: who is not named', user({ policy: yes }), [aws(ROOT), notPrincipal([ROOT], deny)], 'no'],
  ['Deny: a user named with its account', user(), [aws(ALICE), notPrincipal([ALICE, ROOT], deny)], 'yes'],
  [
    'Deny: a user named without its account',
    user(),
    [aws(ALICE), notPrincipal([ALICE], deny)],
    'conditional',
  ],
  [
    'Deny: a role, whose session may not be named',
    caller(),
    [aws(CALLER), notPrincipal([CALLER, ROOT], deny)],
    'conditional',
  ],
  [
    'Deny: always who has a boundary (Permissions boundaries for IAM entities)',
    user({ boundary: yes }),
    [aws(ALICE), notPrincipal([ALICE, ROOT], deny)],
    'no',
  ],
  [
    'Allow: everyone else, not certain',
    user(),
    [notPrincipal([`arn:aws:iam::${A}:user/bob`])],
    'conditional',
  ],
  ['Allow: not who is named', user({ policy: yes }), [notPrincipal([ALICE])], 'no'],
]);

const LOST: MissingPolicy = { kind: 'managed', arn: 'arn:x' };

check('Documents that the file does not hold', [
  ['a policy that might allow', user({ missing: [LOST] }), [aws(ROOT)], 'unknown'],
  ['a policy that might deny', user({ missing: [LOST] }), [aws(ALICE)], 'unknown'],
  ['it changes nothing where nobody is named', user({ missing: [LOST] }), [aws(B)], 'no'],
  ['it changes nothing under a Deny', user({ missing: [LOST], policy: [deny] }), [aws(ALICE)], 'no'],
  ['it changes nothing outside the boundary', user({ missing: [LOST], boundary: s3 }), [aws(ROOT)], 'no'],
  ['a boundary', user({ policy: yes, boundary: 'missing' }), [aws(ROOT)], 'unknown'],
  ['a boundary changes nothing without a policy', user({ boundary: 'missing' }), [aws(ROOT)], 'no'],
]);

it('does not know what a trust policy that cannot be read says, but knows the caller’s Deny', () => {
  const target = role({ missing: [{ kind: 'trust', arn: TARGET }] });
  expect(mayAssume(user({ policy: yes }), target)).toBe('unknown');
  expect(mayAssume(user({ policy: [deny] }), target)).toBe('no');
});
