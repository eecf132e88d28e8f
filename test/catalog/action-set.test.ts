import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  add,
  addAll,
  count,
  countRange,
  emptySet,
  fullSet,
  intersect,
  isEmpty,
  isSubset,
  members,
  overlap,
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
      expect(members(x)).toEqual(sorted(a));
      expect(members(union(x, y))).toEqual(sorted([...a, ...b]));
      expect(members(intersect(x, y))).toEqual(sorted(a.filter((i) => b.includes(i))));
      expect(members(subtract(x, y))).toEqual(sorted(a.filter((i) => !b.includes(i))));
      expect(count(x)).toBe(a.length);
      const within = a.filter((i) => i >= from && i < to);
      expect(countRange(x, from, to)).toBe(within.length);
      expect(members(x, from, to)).toEqual(sorted(within));
      expect(overlap(x, y, from, to)).toBe(within.some((i) => b.includes(i)));
      expect(isSubset(x, y)).toBe(a.every((i) => b.includes(i)));
      expect(isEmpty(x)).toBe(a.length === 0);
    }),
  );
});

test('the full set holds each action once and nothing more', () => {
  expect(count(fullSet(SIZE))).toBe(SIZE);
  expect(count(fullSet(64))).toBe(64);
});

test('an action that does not fit into the set is an error, not lost', () => {
  expect(() => {
    add(emptySet(32), 32);
  }).toThrow('action 32 is beyond the end of the set');
  expect(() => addAll(emptySet(32), emptySet(33))).toThrow('the other set is longer');
});
