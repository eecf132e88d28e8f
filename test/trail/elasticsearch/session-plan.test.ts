import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withoutPath } from '../../../src/trail/distinct-starts.js';
import type { SessionPair } from '../../../src/trail/sessions.js';
import { planOf } from '../../../src/trail/elasticsearch/session-plan.js';
import { DEFAULT_TUNING } from '../../../src/trail/elasticsearch/tuning.js';

const pairOf = (roleArn: string): SessionPair => ({
  source: { kind: 'user', arn: 'arn:aws:iam::111111111111:user/alice', id: null, accountId: '111111111111' },
  roleArn,
  sessions: 0,
  first: 0,
  last: 0,
  chains: new Map(),
  calls: new Map(),
});
const sets = fc
  .array(
    fc.record({
      role: fc.constantFrom('role/a', 'role/team/a', 'role/b', 'role/c', 'role/d'),
      sessions: fc.integer({ min: 1, max: 12 }),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all.map(({ role, sessions }, i) => ({
      pair: pairOf(`arn:aws:iam::111111111111:${role}`),
      keys: Array.from({ length: sessions }, (_, session) => `ASIA${i}x${session}`),
    })),
  );
const limits = fc.record({
  keysPerQuery: fc.integer({ min: 1, max: 20 }),
  setsPerQuery: fc.integer({ min: 1, max: 4 }),
  fewestKeys: fc.integer({ min: 1, max: 20 }),
});

it('asks for each session once, in queries within the limits, of which each has one set of a role', () => {
  fc.assert(
    fc.property(sets, limits, (all, limit) => {
      const { batches, others } = planOf(all, { ...DEFAULT_TUNING, ...limit });
      const planned = [...batches.flatMap(({ keys }) => keys), ...others];
      expect(planned.sort()).toEqual(all.flatMap(({ keys }) => keys).sort());
      for (const batch of batches) {
        expect(batch.keys.length).toBeGreaterThanOrEqual(limit.fewestKeys);
        expect(batch.keys.length).toBeLessThanOrEqual(limit.keysPerQuery);
        expect(batch.sets.size).toBeLessThanOrEqual(limit.setsPerQuery);
        const roles = [...batch.sets.values()].map(({ pair }) => withoutPath(pair.roleArn));
        expect(roles).toEqual([...batch.sets.keys()]);
      }
    }),
  );
});

it('takes the same sessions together, whatever the order in which they were found', () => {
  fc.assert(
    fc.property(sets, limits, (all, limit) => {
      const tuning = { ...DEFAULT_TUNING, ...limit };
      const keysIn = (given: typeof all): string[][] =>
        planOf(given, tuning).batches.map(({ keys }) => [...keys]);
      const turned = all.toReversed().map((set) => ({ ...set, keys: set.keys.toReversed() }));
      expect(keysIn(turned)).toEqual(keysIn(all));
    }),
  );
});
