import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, emptySet } from '../../src/catalog/action-set.js';
import { loadCatalog } from '../../src/catalog/catalog.js';
import { suggestPolicies, type Pass } from '../../src/iam/suggest.js';
import type { SuggestedPolicies } from '../../src/iam/types.js';
import { isAllowed, type AccessRequest } from '../support/iam-reference.js';
import { principalWith } from './principal.js';

// IAM User Guide: Grant a user permissions to pass a role to an AWS service.

const catalog = await loadCatalog();
const keep = emptySet(catalog.actions.length);
for (const action of ['iam:PassRole', 'lambda:CreateFunction']) add(keep, catalog.indexOf(action) ?? -1);

const role = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;
const allow = (Resource: unknown, more: object = {}, Action: unknown = 'iam:PassRole') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
});
const suggest = (documents: readonly unknown[], passes: readonly Pass[]): SuggestedPolicies =>
  suggestPolicies(
    principalWith('role', documents),
    { strict: keep, cautious: keep },
    catalog,
    new Map(),
    passes,
  );
const texts = (policies: SuggestedPolicies['observed']): unknown[] =>
  policies.map(({ document }) => document);
const statements = (documents: readonly unknown[], passes: readonly Pass[]): unknown[] =>
  suggest(documents, passes).observed.flatMap(({ document }) => document.Statement);
const passed = (name: string, ...services: string[]): Pass => ({ role: role(name), services });
const statement = (Resource: readonly string[], Condition?: object): object => ({
  Effect: 'Allow',
  Action: ['iam:PassRole'],
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const to = (...services: string[]): object => ({ StringEquals: { 'iam:PassedToService': services } });

const LAMBDA = 'lambda.amazonaws.com';
const EC2 = 'ec2.amazonaws.com';

describe('iam:PassRole in observed policies', () => {
  it('is limited to the roles passed and to the services that received them', () => {
    const { observed, strict } = suggest([allow('*', {}, 'iam:*')], [passed('a', LAMBDA)]);
    expect(observed.flatMap(({ document }) => document.Statement)).toEqual([
      statement([role('a')], to(LAMBDA)),
    ]);
    expect(strict.flatMap(({ document }) => document.Statement)).toEqual([statement(['*'])]);
  });

  it('has one statement for all roles of the same services, and no condition for unknown services', () => {
    const passes = [passed('b', LAMBDA), passed('a', LAMBDA), passed('c', EC2, LAMBDA), passed('d')];
    expect(statements([allow('*')], passes)).toEqual([
      statement([role('a'), role('b')], to(LAMBDA)),
      statement([role('c')], to(EC2, LAMBDA)),
      statement([role('d')]),
    ]);
  });

  it('leaves other actions of the statement alone', () => {
    const both = allow('*', {}, ['iam:PassRole', 'lambda:CreateFunction']);
    expect(statements([both], [passed('a', LAMBDA)])).toEqual([
      { Effect: 'Allow', Action: ['lambda:CreateFunction'], Resource: ['*'] },
      statement([role('a')], to(LAMBDA)),
    ]);
  });

  it('is limited to services even if the resources are already exact', () => {
    expect(statements([allow(role('a'))], [passed('a', LAMBDA)])).toEqual([
      statement([role('a')], to(LAMBDA)),
    ]);
  });

  it.each([
    ['no service', { Bool: { 'aws:SecureTransport': ['true'] } }, { ...to(LAMBDA) }],
    ['more services', to(EC2, LAMBDA), to(LAMBDA)],
    ['another StringEquals', { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } }, to(LAMBDA)],
  ])('keeps a condition with %s', (_, today, added) => {
    const all = { ...today, ...added } as Record<string, object>;
    const equals = {
      ...(today as Record<string, object>)['StringEquals'],
      ...(added as Record<string, object>)['StringEquals'],
    };
    expect(statements([allow('*', { Condition: today })], [passed('a', LAMBDA)])).toEqual([
      statement([role('a')], { ...all, StringEquals: equals }),
    ]);
  });

  it.each([
    ['other services only', { StringEquals: { 'IAM:passedToService': [EC2] } }],
    ['a pattern', { StringLike: { 'iam:PassedToService': ['lambda*'] } }],
    ['an optional key', { StringEqualsIfExists: { 'iam:PassedToService': [LAMBDA] } }],
  ])('does not change a limit to services: %s', (_, Condition) => {
    expect(statements([allow('*', { Condition })], [passed('a', LAMBDA)])).toEqual([
      statement([role('a')], Condition),
    ]);
  });

  it('drops a statement about other roles', () => {
    expect(statements([allow(role('x*')), allow(role('a*'))], [passed('a', LAMBDA)])).toEqual([
      statement([role('a')], to(LAMBDA)),
    ]);
  });

  it.each([
    ['no pass is known', '*', []],
    ['no statement grants a role', role('x*'), [passed('a', LAMBDA)]],
    ['the resources have a variable', role('${aws:username}'), [passed('a', LAMBDA)]],
    ['the role is no role', '*', [{ role: 'arn:aws:iam::111111111111:user/a', services: [] }]],
    ['the role has a policy variable', '*', [passed('${aws:username}', LAMBDA)]],
  ])('stays as today if %s', (_, resource, passes: readonly Pass[]) => {
    expect(statements([allow(resource)], passes)).toEqual([]);
  });

  it('keeps a statement with NotResource', () => {
    const today = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iam:PassRole', NotResource: role('admin') }],
    };
    expect(statements([today, allow('*')], [passed('a', LAMBDA)])).toEqual([
      { Effect: 'Allow', Action: ['iam:PassRole'], NotResource: [role('admin')] },
      statement([role('a')], to(LAMBDA)),
    ]);
  });

  it('of an unknown path covers the role at any path', () => {
    const passes = [{ role: role('a'), services: [LAMBDA] }, passed('*/a', LAMBDA)];
    expect(statements([allow('*')], passes)).toEqual([statement([role('*/a'), role('a')], to(LAMBDA))]);
    expect(statements([allow(role('team/*'))], passes)).toEqual([]);
  });

  it('fits the quotas with many roles', () => {
    const passes = Array.from({ length: 200 }, (_, i) =>
      passed(`service-role/${'r'.repeat(50)}${i}`, LAMBDA),
    );
    const { observed } = suggest([allow('*')], passes);
    expect(observed.length).toBeGreaterThan(1);
    for (const { size, name } of observed) {
      expect(size).toBeLessThanOrEqual(6144);
      expect(name).toMatch(/-\d+$/);
    }
    for (const { role: one } of passes) expect(isAllowed(texts(observed), pass(one, LAMBDA))).toBe(true);
  });

  it('allows every pass that was seen and that today allows, and never more than strict', () => {
    fc.assert(
      fc.property(documents, fc.array(arbitraryPass, { minLength: 1, maxLength: 4 }), (today, passes) => {
        const seen = passes.filter(({ arn, service }) => isAllowed(today, pass(arn, service)));
        fc.pre(seen.length > 0);
        const { observed, strict } = suggest(today, merge(seen));
        fc.pre(observed.length > 0);
        for (const { arn, service } of seen)
          if (!isAllowed(texts(observed), pass(arn, service)))
            throw new Error(`takes away ${arn} to ${service}: ${JSON.stringify(observed)}`);
        for (const arn of ROLES)
          for (const service of SERVICES) {
            const request = pass(arn, service);
            if (isAllowed(texts(observed), request) && !isAllowed(texts(strict), request))
              throw new Error(`allows more: ${JSON.stringify(request)}`);
          }
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 300) },
    );
  });
});

const SERVICES = [LAMBDA, EC2, 'ecs-tasks.amazonaws.com'];
const ROLES = ['a', 'ab', 'team/a', 'service-role/b'].map(role);

const pass = (arn: string, service: string): AccessRequest => ({
  action: 'iam:PassRole',
  resource: arn,
  context: { 'iam:PassedToService': [service], 'aws:username': ['a'] },
});

const arbitraryPass = fc.record({ arn: fc.constantFrom(...ROLES), service: fc.constantFrom(...SERVICES) });

/** As the review gives them: the services of each role, or none if they are not known. */
function merge(seen: readonly { arn: string; service: string }[]): Pass[] {
  return [...new Set(seen.map(({ arn }) => arn))].map((arn) => ({
    role: arn,
    services: arn.endsWith('b')
      ? []
      : [...new Set(seen.filter((one) => one.arn === arn).map(({ service }) => service))].sort(),
  }));
}

const resources = fc.subarray(
  ['*', role('*'), role('a'), role('a*'), role('team/*'), role('${aws:username}'), role('?')],
  { minLength: 1 },
);
const condition = fc.option(
  fc
    .record({
      operator: fc.constantFrom('StringEquals', 'StringLike', 'StringEqualsIfExists', 'StringNotEquals'),
      key: fc.constantFrom('iam:PassedToService', 'iam:passedtoservice'),
      values: fc.subarray([...SERVICES, 'lambda*'], { minLength: 1 }),
    })
    .map(({ operator, key, values }) => ({ [operator]: { [key]: values } })),
  { nil: undefined },
);
const documents = fc.array(
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      element: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
      resources,
      condition,
    })
    .map(({ Effect, element, resources: list, condition: Condition }) => ({
      Version: '2012-10-17',
      Statement: [
        {
          Effect,
          Action: ['iam:PassRole'],
          [element]: list,
          ...(Condition === undefined ? {} : { Condition }),
        },
      ],
    })),
  { minLength: 1, maxLength: 3 },
);
