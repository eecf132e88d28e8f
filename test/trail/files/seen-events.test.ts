import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FingerprintSet } from '../../../src/trail/files/collections/fingerprint-set.js';
import { LateEventError, SeenEvents } from '../../../src/trail/files/count/seen-events.js';

const numRuns = Number(process.env['FUZZ'] ?? 200);
const HOUR = 3600;
/** Hashes that are near to each other at both ends. */
const half = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
const identity = fc.tuple(half, half).filter(([high, low]) => high !== 0 || low !== 0);

it('a part knows what was added', () => {
  fc.assert(
    fc.property(fc.array(identity, { maxLength: 1000 }), (all) => {
      const part = new FingerprintSet();
      const known = new Set<string>();
      for (const [high, low] of all) {
        const key = `${String(high)} ${String(low)}`;
        expect(part.add(high, low)).toBe(!known.has(key));
        known.add(key);
      }
      for (const [high, low] of all) expect(part.add(high, low)).toBe(false);
    }),
    { numRuns },
  );
});

it('finds duplicates among days of events while the oldest are forgotten', () => {
  const set = new SeenEvents();
  const known = new Map<string, number>();
  let seed = 1;
  const random = (): number => (seed = Math.imul(seed, 0x5bd1e995) ^ (seed >>> 15) ^ 0x2545f491) | 0;
  for (let hour = 0; hour < 400; hour += 1) {
    for (let event = 0; event < 50; event += 1) {
      // Some come late, and some again.
      const time = Math.max(0, hour - (event % 10 === 0 ? Math.abs(random()) % 100 : 0)) * HOUR;
      const [high, low] = [Math.abs(random()) % 200, random() % 4];
      const key = `${String(Math.floor(time / 4096))} ${String(high)} ${String(low)}`;
      expect(set.add(high, low, time)).toBe((high === 0 && low === 0) || !known.has(key));
      known.set(key, time);
    }
    set.forget((hour - 100) * HOUR);
  }
  expect(() => set.add(1, 1, 0)).toThrow(LateEventError);
  expect(() => set.add(0, 0, 0)).toThrow(LateEventError);
});
