import fc from 'fast-check';
import { expect, it } from 'vitest';
import { count, has, intersect } from '../../src/catalog/action-set.js';
import { createEvaluator } from '../../src/iam/evaluate.js';
import type { Principal } from '../../src/iam/types.js';
import { changesOf } from '../../src/review/changes.js';
import { policyOf, principalWith } from '../iam/principal.js';
import { tinyCatalog } from '../iam/tiny-catalog.js';
import { CONTEXTS, documentOf, SAMPLED_RESOURCES } from '../support/arbitrary-policies.js';
import { isAllowed } from '../support/iam-reference.js';

const catalog = tinyCatalog();
const parts = fc.array(fc.record({ document: documentOf, group: fc.constantFrom(null, null, 'g', 'h') }), {
  minLength: 1,
  maxLength: 5,
});
const grantedTo = (principal: Principal) => createEvaluator(catalog).grants(principal).granted;

it('a step alone never allows more, takes nothing that is kept, and removes as many actions as it says', () => {
  fc.assert(
    fc.property(parts, fc.nat(2 ** catalog.actions.length - 1), (today, bits) => {
      const policies = today.map(({ document, group }, i) => policyOf(document, `p${i}`, group));
      const principal = principalWith('user', [], policies);
      const granted = grantedTo(principal);
      const keep = intersect(granted, new Uint32Array([bits]));
      for (const change of changesOf({ catalog, principal, granted, keep, decision: 'reduce', trust: [] })) {
        if (change.kind === 'replace-policies') continue;
        const stays = policies.map(({ policy, group }) =>
          change.kind === 'leave-group'
            ? group !== change.target
            : group !== null || policy.name !== change.target,
        );
        const after = principalWith(
          'user',
          [],
          policies.filter((_, i) => stays[i]),
        );
        expect(count(granted) - count(grantedTo(after))).toBe(change.actionsRemoved);
        const left = today.filter((_, i) => stays[i]).map(({ document }) => document);
        const whole = today.map(({ document }) => document);
        for (const [index, action] of catalog.actions.entries()) {
          for (const resource of SAMPLED_RESOURCES) {
            for (const context of CONTEXTS) {
              const request = { action, resource, context };
              const [before, now] = [isAllowed(whole, request), isAllowed(left, request)];
              if (now ? !before : before && has(keep, index)) {
                throw new Error(`${JSON.stringify(change)} ${before} → ${now}: ${JSON.stringify(request)}`);
              }
            }
          }
        }
      }
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 200) },
  );
});
