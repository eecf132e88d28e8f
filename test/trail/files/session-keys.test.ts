import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SessionKeys } from '../../../src/trail/files/session-keys.js';
import type { Stretches } from '../../../src/trail/files/stretches.js';

const stretches = (texts: readonly string[]): Stretches => {
  let end = 0;
  const ends = Int32Array.from(texts, (text) => (end += Buffer.byteLength(text)));
  return { bytes: new Uint8Array(Buffer.from(texts.join(''))), ends };
};

it('finds the same keys among those of all readers, however many are looked for together', () => {
  const key = fc.oneof(
    fc.integer({ max: 20 }).map((n) => `"ASIA${n}"`),
    fc.string().map((text) => JSON.stringify(text)),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(key), { maxLength: 5 }),
      fc.integer({ min: 1, max: 50 }),
      (readers, together) => {
        const keys = new SessionKeys();
        const all: string[] = [];
        for (const reader of readers) {
          expect(keys.add(stretches(reader))).toBe(all.length);
          all.push(...reader);
        }
        const numbers = [...keys.distinct(together)];
        expect(numbers.map((number) => all[numbers.indexOf(number)])).toEqual(all);
        expect(new Set(numbers).size).toBe(new Set(all).size);
        expect(keys.part()).toEqual(stretches(all));
      },
    ),
    { numRuns: 50 },
  );
});
