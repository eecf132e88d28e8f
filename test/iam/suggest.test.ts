import { describe, expect, it } from 'vitest';
import { add, emptySet } from '../../src/catalog/action-set.js';
import { loadCatalog } from '../../src/catalog/catalog.js';
import type { ActionSet } from '../../src/catalog/types.js';
import { suggestPolicies } from '../../src/iam/suggest.js';
import type { Principal, SuggestedPolicies } from '../../src/iam/types.js';
import { principalWith } from './principal.js';

const catalog = await loadCatalog();
const indexOf = (action: string): number => {
  const index = catalog.indexOf(action);
  if (index === undefined) throw new Error(`no action ${action}`);
  return index;
};
function keeping(actions: readonly string[]): ActionSet {
  const set = emptySet(catalog.actions.length);
  for (const action of actions) add(set, indexOf(action));
  return set;
}
function suggest(
  documents: readonly unknown[],
  actions: readonly string[],
  observed: Readonly<Record<string, readonly string[]>> = {},
  type: Principal['type'] = 'role',
): SuggestedPolicies {
  const keep = keeping(actions);
  const seen = new Map(Object.entries(observed).map(([action, arns]) => [indexOf(action), arns]));
  return suggestPolicies(principalWith(type, documents), { strict: keep, cautious: keep }, catalog, seen);
}
const Version = '2012-10-17';
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Version,
  Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
});
const statements = (policies: SuggestedPolicies['strict']): unknown[] =>
  policies.flatMap((policy) => policy.document.Statement);
const observedResource = (
  Action: string,
  Resource: unknown,
  arns: readonly string[],
  action = Action,
): unknown[] =>
  statements(suggest([allow(Action, Resource)], [action], { [action]: arns }).observed).map(
    (s) => (s as { Resource: unknown }).Resource,
  );

describe('merging', () => {
  it('takes statements with the same resources and condition together, in any order of lists and keys', () => {
    const Condition = { Bool: { b: ['true'] }, StringEquals: { a: ['1', '2'] } };
    const turned = { StringEquals: { a: ['2', '1'] }, Bool: { b: 'true' } };
    const today = [
      allow('s3:GetObject', ['arn:aws:s3:::b/*', 'arn:aws:s3:::a/*'], { Condition }),
      allow('s3:PutObject', ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'], { Condition: turned }),
    ];
    expect(statements(suggest(today, ['s3:GetObject', 's3:PutObject']).strict)).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'],
        Condition,
      },
    ]);
  });
  it('says a pattern once, and no action that a pattern already covers', () => {
    const waf = [
      'sts:AssumeRole',
      'sts:AssumeRoleWithSAML',
      'sts:AssumeRoleWithWebIdentity',
      'sts:AssumeRoot',
    ];
    const today = [allow(['sts:Assume*', 'STS:assume*', 'sts:AssumeRoleWith*', 'sts:AssumeRole'])];
    expect(statements(suggest(today, waf).strict)).toMatchObject([{ Action: ['STS:assume*'] }]);
  });
  it('keeps a Deny with an empty NotAction: it denies everything', () => {
    const everything = { Version, Statement: [{ Effect: 'Deny', NotAction: [], Resource: ['*'] }] };
    expect(statements(suggest([everything], []).strict)).toEqual(everything.Statement);
  });
});

describe('services of which actions are not known', () => {
  const keep = keeping(['glue:GetTable']);
  const cautious = (...documents: unknown[]): unknown[] =>
    statements(
      suggestPolicies(
        principalWith('user', documents),
        { strict: keep, cautious: keep, services: ['glue', 'newservice'] },
        catalog,
      ).cautious,
    ).map((s) => (s as { Action: unknown }).Action);

  it.each([
    ['*', ['glue:*', 'newservice:*']],
    [['GL*', 'sqs:*'], ['glue:*']],
    [
      ['*:Get*', 'new*:*'],
      ['glue:Get*', 'new*:*'],
    ],
    [['glue:GetTable'], ['glue:GetTable']],
    [
      ['glue:GetTable', 'newservice:Create?'],
      ['glue:GetTable', 'newservice:Create?'],
    ],
  ])('keep what %j grants of all their actions', (actions, kept) => {
    expect(cautious(allow(actions))).toEqual([kept]);
  });

  it('keep what NotAction leaves of them, if it names none of their actions', () => {
    const except = (...NotAction: string[]) => ({
      Version,
      Statement: [{ Effect: 'Allow', NotAction, Resource: '*' }],
    });
    expect(cautious(except('iam:*'))).toEqual([['glue:*', 'newservice:*']]);
    expect(cautious(except('glue:Delete*', 'newservice:*'))).toEqual([['glue:GetTable']]);
  });
});

describe('splitting', () => {
  const arns = Array.from({ length: 150 }, (_, i) => `arn:aws:s3:::a-bucket-with-a-rather-long-name-${i}/*`);
  it('cuts a long Resource list', () => {
    const { strict } = suggest([allow('s3:GetObject', arns)], ['s3:GetObject'], {}, 'user');
    expect(strict.map((policy) => policy.name)).toEqual(['cloudtracker-strict-1', 'cloudtracker-strict-2']);
    const parts = statements(strict).flatMap((s) => (s as { Resource: string[] }).Resource);
    expect(parts.sort()).toEqual(arns.toSorted());
    for (const { size } of strict) expect(size).toBeLessThanOrEqual(6144);
  });
  it('needs few documents for many actions', () => {
    const ec2 = catalog.actions.filter((action) => action.startsWith('ec2:')).filter((_, i) => i % 2 === 0);
    const { strict } = suggest([allow('ec2:*')], ec2);
    const total = strict.reduce((sum, policy) => sum + policy.size, 0);
    expect(strict.length).toBe(Math.ceil(total / 6144));
    expect(statements(strict).flatMap((s) => (s as { Action: string[] }).Action)).toEqual(ec2.sort());
  });
  it('leaves what cannot be cut in an inline policy of the role, which may be longer', () => {
    const exempt = Array.from({ length: 230 }, (_, i) => `sts:SomeActionWithALongName${i}`);
    const guard = { Version, Statement: [{ Effect: 'Deny', NotAction: exempt, Resource: '*' }] };
    const { strict } = suggest([guard, allow('s3:GetObject', arns)], ['s3:GetObject']);
    expect(strict.map((policy) => policy.name)).toEqual([
      'cloudtracker-strict-1',
      'cloudtracker-strict-2',
      'cloudtracker-strict-inline',
    ]);
    const last = strict.at(-1);
    expect(last?.document).toEqual({
      Version,
      Statement: [{ Effect: 'Deny', NotAction: exempt.toSorted(), Resource: ['*'] }],
    });
    expect(last?.size).toBeLessThanOrEqual(10_240);
  });
});

describe('observed', () => {
  it('cuts resources to those used, and leaves other actions as they are', () => {
    const { strict, observed } = suggest(
      [allow(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:ListQueues'])],
      ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:ListQueues'],
      {
        'sqs:SendMessage': ['arn:aws:sqs:*:111111111111:q'],
        'sqs:ListQueues': ['arn:aws:sqs:*:111111111111:q'],
      },
    );
    expect(statements(observed)).toEqual([
      { Effect: 'Allow', Action: ['sqs:ListQueues', 'sqs:ReceiveMessage'], Resource: ['*'] },
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['arn:aws:sqs:*:111111111111:q'] },
    ]);
    expect(observed[0]?.name).toBe('cloudtracker-observed');
    expect(statements(strict)).toHaveLength(1);
  });
  it('names objects for object actions and the bucket for bucket actions', () => {
    expect(observedResource('s3:GetObject', '*', ['arn:aws:s3:::b'])).toEqual([['arn:aws:s3:::b/*']]);
    expect(observedResource('s3:GetObject', '*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/k'])).toEqual([
      ['arn:aws:s3:::b/*'],
    ]);
    expect(observedResource('s3:GetObject', '*', ['arn:aws:s3:::b/k'])).toEqual([['arn:aws:s3:::b/k']]);
    expect(observedResource('s3:ListBucket', '*', ['arn:aws:s3:::b/prefix'])).toEqual([['arn:aws:s3:::b']]);
  });
  it('takes along aliases of functions, streams of log groups and indexes of tables, where granted', () => {
    const lambda = 'arn:aws:lambda:eu-west-1:111111111111:function:f';
    const table = 'arn:aws:dynamodb:*:111111111111:table/t';
    expect(observedResource('lambda:InvokeFunction', '*', [lambda])).toEqual([[lambda, `${lambda}:*`]]);
    expect(observedResource('dynamodb:Query', '*', [table])).toEqual([[table, `${table}/index/*`]]);
    const group = 'arn:aws:logs:*:111111111111:log-group:g';
    expect(observedResource('logs:PutRetentionPolicy', '*', [`${group}:*`])).toEqual([[group, `${group}:*`]]);
    const exact = 'arn:aws:dynamodb:eu-west-1:111111111111:table/t';
    expect(observedResource('dynamodb:Query', [exact, `${exact}2`], [exact])).toEqual([[exact]]);
  });
  it('leaves an action whose resources are not all told by records', () => {
    expect(observedResource('ec2:RunInstances', '*', ['arn:aws:ec2:*:111111111111:instance/i-1'])).toEqual(
      [],
    );
    expect(observedResource('rds:CreateDBInstance', '*', ['arn:aws:rds:*:111111111111:db:d'])).toEqual([]);
  });
  it('leaves an action with an ARN of another type, with a variable in it, or that nothing grants', () => {
    const queue = 'arn:aws:sqs:eu-west-1:111111111111:q';
    const topic = 'arn:aws:sns:eu-west-1:111111111111:t';
    expect(observedResource('sqs:SendMessage', '*', [queue, topic])).toEqual([]);
    expect(observedResource('sqs:SendMessage', '*', ['*'])).toEqual([]);
    expect(observedResource('s3:GetObject', '*', ['arn:aws:s3:::${aws:username}/k'])).toEqual([]);
    expect(observedResource('sqs:SendMessage', [queue, `${queue}2`], [`${queue}3`])).toEqual([]);
  });
  it('leaves a statement where the observed resource may be half inside', () => {
    const anywhere = 'arn:aws:sqs:*:111111111111:q';
    expect(observedResource('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111111111111:*', [anywhere])).toEqual(
      [],
    );
    const own = ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::b/*'];
    expect(observedResource('s3:GetObject', own, ['arn:aws:s3:::home/a/k'])).toEqual([]);
  });
  it('drops an action from a statement that is about other resources, and leaves NotResource', () => {
    const { observed } = suggest(
      [
        allow('s3:GetObject', 'arn:aws:s3:::a/*'),
        allow('s3:GetObject', ['arn:aws:s3:::b/*', 'arn:aws:s3:::c/*']),
        {
          Version,
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::d/*' }],
        },
      ],
      ['s3:GetObject'],
      { 's3:GetObject': ['arn:aws:s3:::b/k'] },
    );
    expect(statements(observed)).toEqual([
      { Effect: 'Allow', Action: ['s3:GetObject'], NotResource: ['arn:aws:s3:::d/*'] },
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::b/k'] },
    ]);
  });
  it('is empty where nothing is narrower', () => {
    expect(suggest([allow('sqs:*')], ['sqs:SendMessage']).observed).toEqual([]);
    expect(observedResource('s3:GetObject', 'arn:aws:s3:::b/*', ['arn:aws:s3:::b'])).toEqual([]);
  });
});
