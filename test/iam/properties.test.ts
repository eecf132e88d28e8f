import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { has } from '../../src/catalog/action-set.js';
import { createEvaluator } from '../../src/iam/evaluate.js';
import { parsePolicyDocument } from '../../src/iam/document.js';
import { suggestPolicies } from '../../src/iam/suggest.js';
import type { Principal, SuggestedPolicies } from '../../src/iam/types.js';
import {
  CONTEXTS,
  documentOf,
  documents,
  few,
  ROLE,
  SAMPLED_RESOURCES,
  statement,
} from '../support/arbitrary-policies.js';
import { isAllowed, type AccessRequest } from '../support/iam-reference.js';
import { principalWith } from './principal.js';
import { tinyCatalog } from './tiny-catalog.js';

const catalog = tinyCatalog();
/** PROPERTY_RUNS=10000 looks harder. */
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 100);

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

const type = fc.constantFrom<Principal['type']>('user', 'role');
const bits = fc.nat(2 ** catalog.actions.length - 1);
const retainedActions = fc.tuple(bits, bits).map(([a, b]) => ({
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
      fc.property(type, documents, retainedActions, observedMap, (kind, today, keep, observed) => {
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
      fc.property(type, documents, retainedActions, observedMap, (kind, today, keep, observed) => {
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
      fc.property(type, documents, retainedActions, (kind, today, keep) => {
        const { strict, cautious } = suggestPolicies(principalWith(kind, today), keep, catalog);
        for (const { name, document, size } of [...strict, ...cautious]) {
          expect(size).toBe(JSON.stringify(document).replace(/\s/g, '').length);
          // NotResource cannot be cut, and the generated lists are longer than IAM would take.
          if (document.Statement.some((s) => 'NotResource' in s)) continue;
          expect(size).toBeLessThanOrEqual(/-\d+$/.test(name) ? 6144 : kind === 'role' ? 10_240 : 2048);
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
