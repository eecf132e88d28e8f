import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PairTable } from '../../../src/trail/files/collections/pair-table.js';

const numRuns = Number(process.env['FUZZ'] ?? 200);
/** Numbers that are near to each other at both ends. */
const half = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

it('numbers distinct pairs in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(half, half), { maxLength: 1000 }), (all) => {
      const table = new PairTable();
      const known = new Map<string, number>();
      for (const [first, second] of all) {
        const key = `${String(first)} ${String(second)}`;
        if (!known.has(key)) known.set(key, known.size);
        const number = table.intern(first, second);
        expect(number).toBe(known.get(key));
        expect([table.first(number), table.second(number)]).toEqual([first, second]);
      }
      expect(table.size).toBe(known.size);
    }),
    { numRuns },
  );
});
