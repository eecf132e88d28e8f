import { describe, expect, it } from 'vitest';
import { members } from '../../src/catalog/action-set.js';
import { createEvaluator, type EvaluatorOptions } from '../../src/iam/evaluate.js';
import type { Explanation, Principal } from '../../src/iam/types.js';
import { policyOf, principalWith } from './principal.js';
import { tinyCatalog } from './tiny-catalog.js';

const catalog = tinyCatalog();
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: unknown, more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' });
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const MFA = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const BUCKET = { Resource: 'arn:aws:s3:::b' };

const user = (...statements: object[]) => principalWith('user', [document(...statements)]);
const bounded = (principal: Principal, ...statements: object[]): Principal => ({
  ...principal,
  boundary: {
    kind: 'policy',
    arn: 'arn:aws:iam::111122223333:policy/edge',
    policy: policyOf(document(...statements), 'edge').policy,
  },
});
const names = (set: Uint32Array) => [...members(set)].map((action) => catalog.actions[action]);
const grantsOf = (principal: Principal, options: EvaluatorOptions = {}) =>
  createEvaluator(catalog, options).grants(principal);
const indexOf = (action: string): number => {
  const index = catalog.indexOf(action);
  if (index === undefined) throw new Error(action);
  return index;
};
const explain = (principal: Principal, action: string, options: EvaluatorOptions = {}): Explanation =>
  grantsOf(principal, options).explain(indexOf(action));

const S3 = catalog.actions.filter((action) => action.startsWith('s3:'));
const EC2 = catalog.actions.filter((action) => action.startsWith('ec2:'));

describe('action patterns', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['* and ? inside', 's3:*Object?cl', ['s3:PutObjectAcl']],
    ['? for exactly one', 's3:?etObject?', []],
    ['* for none too', 's3:PutObject*', ['s3:PutObject', 's3:PutObjectAcl']],
    ['any case', 'EC2:stopINSTANCES', ['ec2:StopInstances']],
    ['any service', '*:*Bucket', ['s3:CreateBucket', 's3:DeleteBucket', 's3:ListBucket']],
    ['? in the service', 's?:Get*', ['s3:GetObject']],
    ['* in the service', '*c2:*', EC2],
    ['stars', '**', catalog.actions],
    ['a service that is not listed', 'x:*', []],
    ['a prefix of a service', 's:*', []],
    ['a list', ['ec2:*', 'sts:*', 'x:Y'], [...EC2, 'sts:AssumeRole']],
  ])('%s', (_, action, expected) => {
    expect(names(grantsOf(user(allow(action))).granted)).toEqual(expected);
  });

  it('keeps patterns that name no known action, as written', () => {
    const { unknownPatterns } = grantsOf(
      user(allow(['s3:New*', 's3:Get*', 'x:Y']), allow('x:Y'), deny('z:*')),
    );
    expect(unknownPatterns).toEqual(['s3:New*', 'x:Y']);
  });
});

describe('elements', () => {
  it.each<[string, readonly object[], readonly string[]]>([
    ['Allow NotAction', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], [...EC2, 'sts:AssumeRole']],
    ['Deny NotAction', [allow('*'), { Effect: 'Deny', NotAction: ['S3:*', 'x:Y'], Resource: '*' }], S3],
    ['Deny NotResource limits', [allow('ec2:*'), { Effect: 'Deny', Action: '*', NotResource: 'arn:x' }], EC2],
    ['NotResource * is no resource', [{ Effect: 'Allow', Action: '*', NotResource: '*' }], []],
    [
      'Deny NotResource * is no Deny',
      [allow('ec2:*'), { Effect: 'Deny', Action: '*', NotResource: ['*'] }],
      EC2,
    ],
    ['an empty list of resources', [allow('*', { Resource: [] })], []],
    ['an empty Condition', [allow('ec2:*'), deny('ec2:*', { Condition: {} })], []],
    ['* beside other resources', [allow('ec2:*'), deny('ec2:*', { Resource: ['arn:x', '*'] })], []],
  ])('%s', (_, statements, expected) => {
    expect(names(grantsOf(user(...statements)).granted)).toEqual(expected);
  });

  it('takes one statement without a list, and a document as percent-encoded text', () => {
    const text = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: allow('ec2:*') }));
    expect(names(grantsOf(principalWith('user', [text])).granted)).toEqual(EC2);
  });
});

describe('limits of an action', () => {
  const limits = (principal: Principal, options: EvaluatorOptions = {}) => {
    const { conditional, resourceLimited } = grantsOf(principal, options);
    return [names(conditional).includes('s3:GetObject'), names(resourceLimited).includes('s3:GetObject')];
  };
  const get = (more: object = {}) => allow('s3:GetObject', more);
  it.each<[string, readonly object[], boolean, boolean]>([
    ['none', [get()], false, false],
    ['a condition', [get(MFA)], true, false],
    ['a resource', [get(BUCKET)], false, true],
    ['NotResource', [{ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::b' }], false, true],
    ['both in one', [get({ ...MFA, ...BUCKET })], true, true],
    ['one free of both among others', [get(MFA), get(BUCKET), get()], false, false],
    ['condition on *, no condition on a bucket: not free', [get(MFA), get(BUCKET)], false, true],
    ['condition on *, and both', [get(MFA), get({ ...MFA, ...BUCKET })], true, false],
    ['Deny under a condition', [get(), deny('s3:*', MFA)], true, false],
    ['Deny on a bucket', [get(), deny('s3:*', BUCKET)], false, true],
    ['Deny of another action', [get(), deny('s3:PutObject', MFA)], false, false],
  ])('%s', (_, statements, conditional, resourceLimited) => {
    expect(limits(user(...statements))).toEqual([conditional, resourceLimited]);
    expect(
      limits(
        principalWith(
          'user',
          statements.map((s) => document(s)),
        ),
      ),
    ).toEqual([conditional, resourceLimited]);
    // The same statements as boundary or SCP limit what a free statement grants.
    expect(limits(bounded(user(get()), ...statements))).toEqual([conditional, resourceLimited]);
    const scp = policyOf(document(...statements), 'scp').policy;
    expect(limits(user(get()), { scps: [[scp]] })).toEqual([conditional, resourceLimited]);
  });
});

describe('permission boundary', () => {
  it('takes away what it does not allow or denies', () => {
    const { granted, removed } = grantsOf(bounded(user(allow('s3:*')), allow('*Bucket'), deny('s3:Delete*')));
    expect(names(granted)).toEqual(['s3:CreateBucket', 's3:ListBucket']);
    expect(names(removed.denied)).toEqual(['s3:DeleteBucket']);
    expect(names(removed.outsideBoundary)).toEqual(['s3:GetObject', 's3:PutObject', 's3:PutObjectAcl']);
  });
  it('grants nothing by itself', () => {
    expect(names(grantsOf(bounded(user(), allow('*'))).granted)).toEqual([]);
  });
});

describe('administrators', () => {
  const admin = user(allow('*'));
  it.each<[string, Principal, boolean]>([
    ['everything', admin, true],
    [
      'everything by parts',
      user(allow('iam:*'), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      true,
    ],
    ['within AdministratorAccess', bounded(admin, allow('*')), true],
    ['within less', bounded(admin, { Effect: 'Allow', NotAction: 'sts:*', Resource: '*' }), false],
    ['within a conditional boundary', bounded(admin, allow('*', MFA)), false],
    ['a boundary that is not known', { ...admin, boundary: { kind: 'missing', arn: 'arn:x' } }, false],
    ['under a condition', user(allow('*', MFA)), false],
    ['on some resources', user(allow('*', BUCKET)), false],
    ['with a limiting Deny', user(allow('*'), deny('s3:*', BUCKET)), false],
  ])('%s', (_, principal, expected) => {
    expect(grantsOf(principal).admin).toBe(expected);
  });
});

describe('why', () => {
  const group = policyOf(document(allow('s3:*', { Sid: 'All', ...MFA })), 'shared', 'readers');
  const own = policyOf(document(allow('ec2:*'), allow('s3:G*', BUCKET), deny('s3:Put*', MFA)), 'own');
  const eve = principalWith('user', [], [own, group]);

  it('names policy, group, position, Sid and limits of each statement, in the order of the policies', () => {
    expect(explain(eve, 's3:GetObject')).toEqual({
      verdict: 'granted',
      allowedBy: [
        {
          source: 'identity',
          policy: 'own',
          statement: 2,
          sid: null,
          conditional: false,
          resourceLimited: true,
        },
        {
          source: 'identity',
          policy: 'readers/shared',
          statement: 1,
          sid: 'All',
          conditional: true,
          resourceLimited: false,
        },
      ],
      deniedBy: [],
    });
    expect(explain(eve, 's3:PutObject')).toMatchObject({
      verdict: 'granted',
      deniedBy: [{ policy: 'own', statement: 3, conditional: true, resourceLimited: false }],
    });
  });

  it('gives the first reason in the order of the evaluation logic', () => {
    const scps = [[policyOf(document(allow(['s3:*', 'ec2:*']), deny('s3:Put*')), 'guard').policy]];
    const sam = bounded(
      user(allow(['s3:*', 'sts:*']), deny('s3:DeleteBucket')),
      allow('s3:Get*'),
      deny('s3:CreateBucket'),
    );
    const verdicts = catalog.actions.map((action) => [action, explain(sam, action, { scps }).verdict]);
    expect(verdicts).toEqual([
      ['ec2:StartInstances', 'not-allowed'],
      ['ec2:StopInstances', 'not-allowed'],
      ['s3:CreateBucket', 'denied'],
      ['s3:DeleteBucket', 'denied'],
      ['s3:GetObject', 'granted'],
      ['s3:ListBucket', 'outside-boundary'],
      ['s3:PutObject', 'denied'],
      ['s3:PutObjectAcl', 'denied'],
      ['sts:AssumeRole', 'outside-scp'],
    ]);
    const sources = (action: string) =>
      explain(sam, action, { scps }).deniedBy.map((s) => [s.source, s.policy]);
    expect(sources('s3:DeleteBucket')).toEqual([['identity', 'p0']]);
    expect(sources('s3:CreateBucket')).toEqual([['boundary', 'edge']]);
    expect(sources('s3:PutObject')).toEqual([['scp', 'guard']]);
    // Allowed by the SCP only: not by an identity policy.
    expect(explain(sam, 'ec2:StopInstances', { scps }).allowedBy).toEqual([]);
  });

  it('names the policies that grant, each once', () => {
    const twice = principalWith('user', [], [own, group, policyOf(document(allow('s3:*')), 'own'), group]);
    const grants = grantsOf(twice);
    expect(grants.grantedBy(indexOf('s3:GetObject'))).toEqual(['own', 'readers/shared']);
    expect(grants.grantedBy(indexOf('ec2:StopInstances'))).toEqual(['own']);
    expect(grants.grantedBy(indexOf('sts:AssumeRole'))).toEqual([]);
    expect(grantsOf(user(allow('s3:*'), deny('s3:*'))).grantedBy(indexOf('s3:GetObject'))).toEqual([]);
  });

  it('answers again without work', () => {
    const evaluator = createEvaluator(catalog);
    expect(evaluator.grants(eve)).toBe(evaluator.grants(eve));
  });
});
