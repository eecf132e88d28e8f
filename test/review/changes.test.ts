import { describe, expect, it } from 'vitest';
import { createEvaluator } from '../../src/iam/evaluate.js';
import type { AttachedPolicy, Principal } from '../../src/iam/types.js';
import { changesOf, type ChangeInput } from '../../src/review/changes.js';
import type { TrustReview } from '../../src/review/types.js';
import { policyOf, principalWith } from '../iam/principal.js';
import { tinyCatalog } from '../iam/tiny-catalog.js';

const catalog = tinyCatalog();
const allow = (...Action: string[]) => ({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
const deny = (...Action: string[]) => ({ Effect: 'Deny', Action, Resource: '*' });

function changes(
  policies: readonly AttachedPolicy[],
  keep: readonly string[],
  more: Partial<ChangeInput> & { readonly type?: Principal['type'] } = {},
) {
  const principal = principalWith(more.type ?? 'user', [], policies);
  const kept = keep.reduce((bits, action) => bits | (1 << (catalog.indexOf(action) ?? 31)), 0);
  return changesOf({
    catalog,
    principal,
    granted: createEvaluator(catalog).grants(principal).granted,
    keep: new Uint32Array([kept]),
    decision: 'reduce',
    trust: [],
    ...more,
  });
}
const brief = (list: ReturnType<typeof changes>) =>
  list.map(({ kind, target, actionsRemoved }) => [kind, target, actionsRemoved]);

describe('whole principals', () => {
  const policies = [policyOf(allow('s3:*'))];
  it('go where the decision is to remove them', () => {
    expect(brief(changes(policies, [], { decision: 'remove' }))).toEqual([['remove-user', null, 6]]);
    expect(brief(changes(policies, [], { decision: 'remove', type: 'role' }))).toEqual([
      ['remove-role', null, 6],
    ]);
  });
  it('have no changes where the data are not whole, or AWS defines the role', () => {
    expect(changes(policies, [], { decision: 'investigate', trust: [trusted({})] })).toEqual([]);
    const linked = { ...principalWith('role', [], policies), serviceLinked: true } as Principal;
    expect(changes(policies, [], { principal: linked, decision: 'keep', trust: [trusted({})] })).toEqual([]);
  });
});

describe('policies and groups', () => {
  it('go when none of what they grant was used; only what nothing else grants counts', () => {
    const list = changes(
      [
        policyOf(allow('s3:GetObject', 's3:Put*'), 'used'),
        policyOf(allow('ec2:*', 's3:CreateBucket'), 'idle'),
        policyOf(allow('ec2:StartInstances'), 'g1', 'group'),
        policyOf(allow('sts:AssumeRole'), 'g2', 'group'),
        policyOf(allow('s3:GetObject'), 'g3', 'busy'),
      ],
      ['s3:GetObject'],
    );
    expect(brief(list)).toEqual([
      ['replace-policies', null, 6],
      ['detach-policy', 'idle', 2],
      ['leave-group', 'group', 1],
    ]);
    expect(list[1]).toMatchObject({ name: 'idle', inline: true, allowed: 3, actionsRemoved: 2 });
  });
  it('name managed policies by ARN', () => {
    const attached = policyOf(allow('ec2:StartInstances'), 'M');
    const arn = 'arn:aws:iam::aws:policy/M';
    const managed: AttachedPolicy = { ...attached, policy: { ...attached.policy, kind: 'managed', arn } };
    const [, detach] = changes([managed, policyOf(allow('s3:GetObject'), 'used')], ['s3:GetObject']);
    expect(detach).toEqual({
      kind: 'detach-policy',
      target: arn,
      name: 'M',
      inline: false,
      allowed: 1,
      actionsRemoved: 1,
    });
  });
  it('stay when they deny something: taking them away would grant', () => {
    const both = { Statement: [allow('ec2:*').Statement, deny('s3:PutObject')] };
    const policies = [policyOf(both, 'both'), policyOf(both, 'g', 'group'), policyOf(allow('s3:*'))];
    expect(brief(changes(policies, ['s3:GetObject']))).toEqual([['replace-policies', null, 6]]);
  });
  it('stay when they grant nothing known, or something that the catalog does not know', () => {
    const policies = [
      policyOf(allow('x:Y'), 'unknown'),
      policyOf(allow('ec2:*', 'x:*'), 'partly'),
      policyOf({ Statement: [deny('ec2:*')] }, 'deny'),
      policyOf(allow('s3:*')),
    ];
    expect(brief(changes(policies, ['s3:GetObject']))).toEqual([['replace-policies', null, 5]]);
  });
  it('do not count statements about no resource as granting', () => {
    const nothing = { Statement: { Effect: 'Allow', Action: '*', NotResource: '*' } };
    expect(brief(changes([policyOf(allow('ec2:*'), 'idle'), policyOf(nothing)], []))).toEqual([
      ['replace-policies', null, 2],
      ['detach-policy', 'idle', 2],
    ]);
  });
  it('said twice take nothing away alone', () => {
    const policies = [policyOf(allow('ec2:*'), 'a'), policyOf(allow('ec2:*'), 'b')];
    expect(brief(changes(policies, []))).toEqual([
      ['replace-policies', null, 2],
      ['detach-policy', 'a', 0],
      ['detach-policy', 'b', 0],
    ]);
  });
});

function trusted(more: Partial<TrustReview>): TrustReview {
  return {
    kind: 'role',
    value: 'arn:aws:iam::222222222222:role/old',
    accountId: '222222222222',
    statement: 1,
    conditions: [],
    inverted: false,
    sessions: 0,
    lastAssumed: null,
    findings: ['never-assumed'],
    ...more,
  };
}

describe('trusts', () => {
  const trust = [
    trusted({}),
    trusted({ value: 'AROAEXAMPLE', kind: 'deleted', findings: ['deleted-principal', 'never-assumed'] }),
    trusted({ value: '*', kind: 'everyone', findings: ['everyone'], sessions: 3 }),
    trusted({ value: 'arn:aws:iam::222222222222:role/not', inverted: true }),
  ];
  it('go when nobody came through them, or nobody can any more', () => {
    const list = changes([policyOf(allow('s3:*'))], [], { decision: 'keep', type: 'role', trust });
    expect(brief(list)).toEqual([
      ['remove-trust', 'arn:aws:iam::222222222222:role/old', 0],
      ['remove-trust', 'AROAEXAMPLE', 0],
    ]);
    expect(list).toMatchObject([
      { finding: 'never-assumed', statement: null },
      { finding: 'deleted-principal', statement: null },
    ]);
  });
  it('say the statement where two name the same', () => {
    const [first] = changes([], [], {
      decision: 'keep',
      type: 'role',
      trust: [trusted({ statement: 2 }), trusted({ statement: 3, sessions: 1, findings: [] })],
    });
    expect(first).toMatchObject({ kind: 'remove-trust', statement: 2 });
  });
});
