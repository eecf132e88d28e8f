import { expect, it } from 'vitest';
import { LateEventError, SeenEvents } from '../../../src/trail/files/count/seen-events.js';

const HOUR = 3600;

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
