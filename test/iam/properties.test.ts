import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEvaluator } from '../../src/iam/evaluate.js';
import { parsePolicyDocument } from '../../src/iam/document.js';
import { suggestPolicies } from '../../src/iam/suggest.js';
import type { PolicyDocument, User } from '../../src/iam/types.js';
import { tinyCatalog } from './tiny-catalog.js';

const catalog = tinyCatalog();
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  kind: fc.constantFrom('Action', 'NotAction'),
  names: fc.array(
    fc.constantFrom('*', 's3:*', 's3:Put*', 'ec2:St?rt*', 'sts:AssumeRole', 'x:Y', 's3:getobject'),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  Resource: fc.constantFrom('*', 'arn:aws:s3:::b'),
});
type Raw = typeof statement extends fc.Arbitrary<infer T> ? T : never;

function document(statements: readonly Raw[]): PolicyDocument {
  const parsed = parsePolicyDocument({
    Version: '2012-10-17',
    Statement: statements.map(({ Effect, kind, names, Resource }) => ({ Effect, [kind]: names, Resource })),
  });
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const user = (documents: readonly PolicyDocument[]): User => ({
  type: 'user',
  arn: 'arn:aws:iam::111111111111:user/a',
  id: 'AIDA',
  name: 'a',
  path: '/',
  accountId: '111111111111',
  createdAt: null,
  tags: {},
  groups: [],
  missingPolicies: [],
  boundary: { kind: 'none' },
  policies: documents.map((d, i) => ({
    group: null,
    policy: { name: `p${i}`, arn: null, kind: 'inline', document: d },
  })),
});
const granted = (documents: readonly PolicyDocument[]) =>
  [...createEvaluator(catalog).grants(user(documents)).granted][0] ?? 0;

it('a suggestion never grants more, and keeps what is kept and granted', () => {
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 5 }), fc.nat(511), (raw, bits) => {
      const today = [document(raw)];
      const keep = new Uint32Array([bits]);
      const { strict, cautious } = suggestPolicies(user(today), { strict: keep, cautious: keep }, catalog);
      for (const policies of [strict, cautious]) {
        const documents = policies.map((p) => {
          const parsed = parsePolicyDocument(p.document);
          if (!parsed.ok) throw new Error(parsed.reason);
          return parsed.value;
        });
        expect(granted(documents)).toBe(granted(today) & bits);
      }
    }),
  );
});

it('order does not matter, and adding a Deny never grants', () => {
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 5 }), statement, (raw, extra) => {
      expect(granted([document(raw)])).toBe(granted([document([...raw].reverse())]));
      const denied = granted([document([...raw, { ...extra, Effect: 'Deny' }])]);
      expect(denied & ~granted([document(raw)])).toBe(0);
    }),
  );
});
