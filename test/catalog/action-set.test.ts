import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  add,
  count,
  countRange,
  emptySet,
  fullSet,
  intersect,
  members,
  subtract,
  union,
} from '../../src/catalog/action-set.js';

const SIZE = 131;
const subset = fc.uniqueArray(fc.nat(SIZE - 1));
const setOf = (list: readonly number[]) => {
  const set = emptySet(SIZE);
  for (const action of list) add(set, action);
  return set;
};
const sorted = (list: Iterable<number>) => [...new Set(list)].sort((a, b) => a - b);

test('set operations agree with plain sets', () => {
  fc.assert(
    fc.property(subset, subset, fc.nat(SIZE), fc.nat(SIZE), (a, b, from, to) => {
      const [x, y] = [setOf(a), setOf(b)];
      expect([...members(x)]).toEqual(sorted(a));
      expect([...members(union(x, y))]).toEqual(sorted([...a, ...b]));
      expect([...members(intersect(x, y))]).toEqual(sorted(a.filter((i) => b.includes(i))));
      expect([...members(subtract(x, y))]).toEqual(sorted(a.filter((i) => !b.includes(i))));
      expect(count(x)).toBe(a.length);
      expect(countRange(x, from, to)).toBe(a.filter((i) => i >= from && i < to).length);
    }),
  );
});

test('the full set holds each action once and nothing more', () => {
  expect(count(fullSet(SIZE))).toBe(SIZE);
  expect(count(fullSet(64))).toBe(64);
});
