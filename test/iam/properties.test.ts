import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { has } from '../../src/catalog/action-set.js';
import { createEvaluator } from '../../src/iam/evaluate.js';
import { parsePolicyDocument } from '../../src/iam/document.js';
import { suggestPolicies } from '../../src/iam/suggest.js';
import type { Principal, SuggestedPolicies } from '../../src/iam/types.js';
import { isAllowed, type AccessRequest } from '../support/iam-reference.js';
import { principalWith } from './principal.js';
import { tinyCatalog } from './tiny-catalog.js';

const catalog = tinyCatalog();
/** PROPERTY_RUNS=10000 looks harder. */
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 150);

const ACTIONS = [
  ...['*', '*:*', 's3:*', 'S3:get*', 's3:Put*', 's3:PutObject?cl', 'ec2:St?rt*', 'ec2:*', '*:*Object*'],
  ...['sts:AssumeRole', 's3:getobject', 's3:ListBucket', 's3:CreateBucket', 'x:Y', 's3:NewThing', 's3:New*'],
];
const ROLE = 'arn:aws:iam::111111111111:role/r';
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
const CONTEXTS: readonly AccessRequest['context'][] = [
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
const SAMPLED_RESOURCES = [
  ...[
    '*',
    'arn:aws:s3:::b',
    'arn:aws:s3:::b/k',
    'arn:aws:s3:::b/*',
    'arn:aws:s3:::c/alice/k',
    'arn:aws:s3:::c',
  ],
  ...['arn:aws:s3:::b/${*}', 'arn:aws:ec2:eu-west-1:111111111111:instance/i-1', ROLE],
];
const SAMPLED_ACTIONS = [...catalog.actions, 's3:NewThing', 's3:PutNew', 'x:Y'];
const SEEN = [
  ...[
    'arn:aws:s3:::b',
    'arn:aws:s3:::b/k',
    'arn:aws:s3:::c/alice/k',
    'arn:aws:s3:::*',
    'arn:aws:s3:::b/${*}',
  ],
  ...['arn:aws:ec2:*:111111111111:instance/i-1', 'arn:aws:ec2:eu-west-1:111111111111:instance/i-1'],
  ...[ROLE, '*', 'no arn'],
];

/** Long enough, in all, that suggestions must be split. */
const longList = fc
  .integer({ min: 20, max: 100 })
  .map((n) =>
    Array.from({ length: n }, (_, i) => `arn:aws:s3:::bucket-with-a-long-name-${i}/${'x'.repeat(30)}`),
  );
const few = (items: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.constantFrom(...items), { minLength: 1, maxLength: 3 });
const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    actionKind: fc.constantFrom('Action', 'Action', 'NotAction'),
    actions: few(ACTIONS),
    resourceKind: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
    resources: fc.oneof(
      { weight: 8, arbitrary: few(RESOURCES) },
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
const documentOf = fc.record({
  Version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
  Statement: fc.array(statement, { minLength: 1, maxLength: 4 }),
});
const documents = fc.array(documentOf, { maxLength: 3 });
const type = fc.constantFrom<Principal['type']>('user', 'role');
const bits = fc.nat(2 ** catalog.actions.length - 1);
const keepSets = fc.tuple(bits, bits).map(([a, b]) => ({
  strict: new Uint32Array([a & b]),
  cautious: new Uint32Array([a]),
}));
const observedMap = fc
  .array(fc.tuple(fc.nat(catalog.actions.length - 1), few(SEEN)), { maxLength: 6 })
  .map((entries) => new Map(entries));

const texts = (policies: SuggestedPolicies[keyof SuggestedPolicies]): unknown[] =>
  policies.map((policy) => policy.document);

/** The requests that show up in records as a use of the action on this ARN. */
function usesOf(action: string, arn: string): readonly string[] {
  const concrete = arn.replace('ec2:*:', 'ec2:eu-west-1:');
  if (!arn.startsWith('arn:aws:s3:::')) return [concrete];
  const [bucket = ''] = arn.split('/');
  if (!action.includes('Object')) return [bucket];
  return arn === bucket ? [`${bucket}/k`, `${bucket}/other/k`] : [arn];
}

const requests = (action: string, resources: readonly string[]): AccessRequest[] =>
  resources.flatMap((resource) => CONTEXTS.map((context) => ({ action, resource, context })));

describe('suggestions', () => {
  it('never allow what today does not, and allow what is kept wherever today does', () => {
    fc.assert(
      fc.property(type, documents, keepSets, observedMap, (kind, today, keep, observed) => {
        const suggested = suggestPolicies(principalWith(kind, today), keep, catalog, observed);
        for (const [index, action] of SAMPLED_ACTIONS.entries()) {
          const listed = index < catalog.actions.length;
          for (const request of requests(action, SAMPLED_RESOURCES)) {
            const before = isAllowed(today, request);
            for (const level of ['strict', 'cautious'] as const) {
              const after = isAllowed(texts(suggested[level]), request);
              const right = listed && has(keep[level], index) ? after === before : before || !after;
              if (!right) throw new Error(`${level}: ${before} → ${after}: ${JSON.stringify(request)}`);
            }
            if (
              isAllowed(texts(suggested.observed), request) &&
              !isAllowed(texts(suggested.strict), request)
            ) {
              throw new Error(`observed allows more than strict: ${JSON.stringify(request)}`);
            }
          }
        }
      }),
      { numRuns },
    );
  });

  it('observed allows each use that was observed, and all uses of other kept actions', () => {
    fc.assert(
      fc.property(documents, bits, observedMap, (today, kept, observed) => {
        const keep = new Uint32Array([kept]);
        const suggested = suggestPolicies(
          principalWith('role', today),
          { strict: keep, cautious: keep },
          catalog,
          observed,
        );
        fc.pre(suggested.observed.length > 0);
        for (const [index, action] of catalog.actions.entries()) {
          if (!has(keep, index)) continue;
          const seen = observed.get(index)?.flatMap((arn) => usesOf(action, arn)) ?? SAMPLED_RESOURCES;
          for (const request of requests(action, seen)) {
            if (isAllowed(today, request) && !isAllowed(texts(suggested.observed), request)) {
              throw new Error(`observed takes away ${JSON.stringify(request)}`);
            }
          }
        }
      }),
      { numRuns },
    );
  });

  it('do not depend on the order of policies, statements and lists', () => {
    const reverse = <T>(items: T): T => (Array.isArray(items) ? ([...items].reverse() as T) : items);
    fc.assert(
      fc.property(type, documents, keepSets, observedMap, (kind, today, keep, observed) => {
        const turned = reverse(today).map((document) => ({
          ...document,
          Statement: reverse(document.Statement).map((s) =>
            Object.fromEntries(Object.entries(s).map(([key, value]) => [key, reverse(value)])),
          ),
        }));
        const from = (documents: readonly unknown[]): string =>
          JSON.stringify(suggestPolicies(principalWith(kind, documents), keep, catalog, observed));
        expect(from(turned)).toBe(from(today));
        // Said twice is said once.
        expect(from([...today, ...turned])).toBe(from(today));
      }),
      { numRuns },
    );
  });

  it('fit the quotas', () => {
    fc.assert(
      fc.property(type, documents, keepSets, (kind, today, keep) => {
        const { strict, cautious } = suggestPolicies(principalWith(kind, today), keep, catalog);
        for (const policies of [strict, cautious]) {
          const inline = policies.length === 1 || kind === 'role';
          for (const { name, document, size } of policies) {
            expect(size).toBe(JSON.stringify(document).replace(/\s/g, '').length);
            const statements = (document as { Statement: object[] }).Statement;
            const divisible = !statements.some((s) => 'NotResource' in s);
            const limit = /-\d+$/.test(name) ? 6144 : kind === 'role' ? 10_240 : 2048;
            if (divisible) expect([name, size, inline]).toSatisfy(() => size <= limit);
          }
        }
      }),
      { numRuns },
    );
  });
});

describe('grants', () => {
  const grantedBy = (today: readonly unknown[]): number =>
    [...createEvaluator(catalog).grants(principalWith('user', today)).granted][0] ?? 0;

  it('do not depend on order, and adding a Deny never grants', () => {
    fc.assert(
      fc.property(documents, statement, (today, extra) => {
        const before = grantedBy(today);
        const turned = today.toReversed().map((d) => ({ ...d, Statement: d.Statement.toReversed() }));
        expect(grantedBy(turned)).toBe(before);
        const denied = grantedBy([...today, { Statement: { ...extra, Effect: 'Deny' } }]);
        expect(denied & ~before).toBe(0);
      }),
      { numRuns },
    );
  });

  it('hold every action that some request is allowed', () => {
    fc.assert(
      fc.property(documents, (today) => {
        const granted = grantedBy(today);
        for (const [index, action] of catalog.actions.entries()) {
          const allowed = CONTEXTS.some((context) =>
            SAMPLED_RESOURCES.some((resource) => isAllowed(today, { action, resource, context })),
          );
          if (allowed) expect([action, (granted >>> index) & 1]).toEqual([action, 1]);
        }
      }),
      { numRuns },
    );
  });
});

it('the generated policies parse', () => {
  fc.assert(fc.property(documentOf, (document) => parsePolicyDocument(document).ok));
});
