import fc from 'fast-check';
import { expect, it } from 'vitest';
import { has, intersect, isEmpty, isSubset, members, subtract, union } from '../../src/catalog/action-set.js';
import { createEvaluator } from '../../src/iam/evaluate.js';
import type { Grants, Policy, Principal } from '../../src/iam/types.js';
import { isAllowed } from '../support/iam-reference.js';
import { policyOf, principalWith } from './principal.js';
import { tinyCatalog } from './tiny-catalog.js';

const catalog = tinyCatalog();
const ACTIONS = [
  '*',
  's3:*',
  'S3:put*',
  's3:PutObject?cl',
  'ec2:St?rt*',
  '*:*Object*',
  'sts:AssumeRole',
  'x:Y',
];
const RESOURCES = ['*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/*'];
const CONTEXTS = [{}, { 'aws:username': ['alice'] }, { 'aws:username': ['bob'] }];

const some = (values: readonly string[]) =>
  fc
    .subarray([...values], { minLength: 1, maxLength: 3 })
    .chain((list) => fc.shuffledSubarray(list, { minLength: 1 }));
const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    action: fc.constantFrom('Action', 'Action', 'NotAction'),
    actions: some(ACTIONS),
    resource: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
    resources: some(RESOURCES),
    condition: fc.constantFrom({}, {}, { Condition: { StringEquals: { 'aws:username': 'alice' } } }),
  })
  .map(({ Effect, action, actions, resource, resources, condition }) => ({
    Effect,
    [action]: actions,
    [resource]: resources,
    ...condition,
  }));
type Document = readonly { readonly Effect: string }[];

const document = fc.array(statement, { maxLength: 3 });
const documents = fc.array(document, { minLength: 1, maxLength: 3 });
const setting = fc.record({
  identity: documents,
  boundary: fc.option(document),
  scps: fc.array(documents, { maxLength: 2 }),
});
interface Setting {
  readonly identity: readonly Document[];
  readonly boundary: Document | null;
  readonly scps: readonly (readonly Document[])[];
}

const json = (statements: Document) => ({ Version: '2012-10-17', Statement: statements });
const policy = (statements: Document): Policy => policyOf(json(statements)).policy;
function grantsOf({ identity, boundary, scps }: Setting): Grants {
  const principal: Principal = {
    ...principalWith('user', identity.map(json)),
    boundary:
      boundary === null
        ? { kind: 'none' }
        : { kind: 'policy', arn: 'arn:aws:iam::111122223333:policy/edge', policy: policy(boundary) },
  };
  return createEvaluator(catalog, { scps: scps.map((level) => level.map(policy)) }).grants(principal);
}

it('adding a Deny, a boundary or a level of SCPs never grants', () => {
  fc.assert(
    fc.property(setting, document, fc.nat(9), (today, extra, at) => {
      const { granted } = grantsOf(today);
      const denies = extra.map((s) => ({ ...s, Effect: 'Deny' }));
      const into = (list: readonly Document[]) =>
        list.map((d, i) => (i === at % list.length ? [...denies, ...d] : d));
      const more: Setting[] = [
        { ...today, identity: into(today.identity) },
        { ...today, identity: [...today.identity, denies] },
        { ...today, boundary: today.boundary === null ? extra : [...today.boundary, ...denies] },
        { ...today, scps: [...today.scps, [extra]] },
        { ...today, scps: today.scps.map(into) },
      ];
      for (const changed of more) expect(isSubset(grantsOf(changed).granted, granted)).toBe(true);
    }),
  );
});

it('the order of statements, policies and levels never matters', () => {
  const reversed = (list: readonly Document[]) => list.map((d) => d.toReversed()).toReversed();
  const answer = (given: Setting) => {
    const grants = grantsOf(given);
    const { granted, conditional, resourceLimited, removed, admin, unknownPatterns } = grants;
    const verdicts = catalog.actions.map((_, action) => grants.explain(action).verdict);
    return { granted, conditional, resourceLimited, removed, admin, unknownPatterns, verdicts };
  };
  fc.assert(
    fc.property(setting, (today) => {
      const turned: Setting = {
        identity: reversed(today.identity),
        boundary: today.boundary?.toReversed() ?? null,
        scps: today.scps.map(reversed).toReversed(),
      };
      expect(answer(turned)).toEqual(answer(today));
    }),
  );
});

it('the explanation and the sets say the same', () => {
  fc.assert(
    fc.property(setting, (today) => {
      const grants = grantsOf(today);
      const { granted, conditional, resourceLimited, removed } = grants;
      const parts = [granted, removed.denied, removed.outsideScp, removed.outsideBoundary];
      parts.forEach((a, i) => {
        for (const b of parts.slice(i + 1)) expect(isEmpty(intersect(a, b))).toBe(true);
      });
      const { granted: allowed } = grantsOf({
        identity: today.identity.map((d) => d.filter((s) => s.Effect === 'Allow')),
        boundary: null,
        scps: [],
      });
      expect(parts.reduce(union)).toEqual(allowed);
      expect(isSubset(union(conditional, resourceLimited), granted)).toBe(true);
      const verdicts = {
        granted,
        denied: removed.denied,
        'outside-scp': removed.outsideScp,
        'outside-boundary': removed.outsideBoundary,
        'not-allowed': subtract(granted, granted),
      };
      catalog.actions.forEach((_, action) => {
        const { verdict, allowedBy, deniedBy } = grants.explain(action);
        expect(verdict === 'granted').toBe(has(granted, action));
        expect(allowedBy.length > 0).toBe(has(allowed, action));
        if (has(allowed, action)) expect(has(verdicts[verdict], action)).toBe(true);
        const full = deniedBy.some((s) => !s.conditional && !s.resourceLimited);
        expect(verdict === 'denied').toBe(full);
        expect(grants.grantedBy(action).length > 0).toBe(has(granted, action));
      });
      for (const { from, to } of catalog.services) {
        const names = members(granted, from, to).flatMap((action) => grants.grantedBy(action));
        expect(grants.grantedByIn(from, to)).toEqual([...new Set(names)].sort());
      }
    }),
  );
});

it('whatever a request may do is granted, and what is granted without limits may be done in every request', () => {
  fc.assert(
    fc.property(setting, (today) => {
      const { granted, conditional, resourceLimited } = grantsOf(today);
      const layers = [today.identity, ...(today.boundary === null ? [] : [[today.boundary]]), ...today.scps];
      const limited = union(conditional, resourceLimited);
      for (const action of members(
        granted.map(() => ~0),
        0,
        catalog.actions.length,
      )) {
        for (const resource of ['*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/k', 'arn:aws:s3:::c']) {
          for (const context of CONTEXTS) {
            const request = { action: catalog.actions[action] ?? '', resource, context };
            const allowed = layers.every((layer) => isAllowed(layer.map(json), request));
            if (allowed) expect(has(granted, action)).toBe(true);
            else expect(has(granted, action) && !has(limited, action)).toBe(false);
          }
        }
      }
    }),
  );
});
