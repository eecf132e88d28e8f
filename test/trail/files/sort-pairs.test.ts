import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PairTable } from '../../../src/trail/files/collections/pair-table.js';
import { toRanks, sortPairs } from '../../../src/trail/files/count/sort-pairs.js';

it('sorts pairs by the places of both parts', () => {
  const part = fc.nat({ max: 30 });
  const order = fc.shuffledSubarray([...Array(31).keys()], { minLength: 31 });
  // Weeks before 1970 are below zero.
  const shift = fc.integer({ min: -3000, max: 3000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(part, part)), order, shift, (all, firsts, by) => {
      const pairs = new PairTable();
      for (const [a, b] of all) pairs.intern(a, b);
      const place = toRanks(firsts);
      const sorted = sortPairs(pairs, place, (b) => b + by);
      const found = [...sorted].map((number) => [pairs.first(number), pairs.second(number)]);
      const distinct = [...new Map(all.map((pair) => [pair.join(' '), pair])).values()];
      expect(found).toEqual(distinct.sort(([a, b], [c, d]) => place(a) - place(c) || b - d));
    }),
  );
});
