import { expect, it } from 'vitest';
import { accountInArn, nameInArn, partitionInArn } from '../../src/base/arn.js';
import { at, required, valueAt } from '../../src/base/checked.js';
import { compareBy, compareText } from '../../src/base/compare.js';
import { editDistance } from '../../src/base/edit-distance.js';
import { textBefore } from '../../src/base/text-before.js';
import {
  append,
  countOf,
  getOrInsert,
  getOrInsertComputed,
  groupBy,
  increment,
} from '../../src/base/maps.js';

it('counts, groups and remembers by key', () => {
  const counts = new Map<string, number>();
  increment(counts, 'a');
  increment(counts, 'a', 4);
  expect([...counts]).toEqual([['a', 5]]);
  expect([countOf(counts, 'a'), countOf(counts, 'b')]).toEqual([5, 0]);

  const lists = new Map<string, number[]>();
  append(lists, 'a', 1);
  append(lists, 'a', 2);
  expect([...lists]).toEqual([['a', [1, 2]]]);
  expect([...groupBy([1, 2, 3], (n) => n % 2)]).toEqual([
    [1, [1, 3]],
    [0, [2]],
  ]);

  const known = new WeakMap<object, string>();
  const key = {};
  expect([getOrInsert(known, key, 'first'), getOrInsert(known, key, 'second')]).toEqual(['first', 'first']);
  const never = (): string => {
    throw new Error('it is known');
  };
  expect(getOrInsertComputed(known, key, never)).toBe('first');
});

it('compares by code units, not by the rules of a language', () => {
  expect(['ä', 'b', 'B', ''].sort(compareText)).toEqual(['', 'B', 'b', 'ä']);
  expect([{ name: 'b' }, { name: 'a' }].sort(compareBy(({ name }) => name))).toEqual([
    { name: 'a' },
    { name: 'b' },
  ]);
});

it('an index, key or value that the program got wrong is an error, not a zero', () => {
  expect(at([7], 0)).toBe(7);
  expect(() => at(Uint8Array.of(7), 1)).toThrow('no item at index 1 of 1');
  expect(valueAt(new Map([['a', 0]]), 'a')).toBe(0);
  expect(() => valueAt(new Map([['a', 0]]), 'b')).toThrow('no value at key b');
  expect(required('', 'name')).toBe('');
  expect(() => required(null, 'name')).toThrow('name is missing');
});

it.each([
  ['', 'abc', 3],
  ['elasticsaerch', 'elasticsearch', 1],
  ['kitten', 'sitting', 3],
  ['same', 'same', 0],
])('%s is changed to %s in %d edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
});

it.each([
  ['arn:aws:iam::123456789012:role/path/Admin', 'aws', '123456789012', 'Admin'],
  ['arn:aws-cn:s3:::bucket/key', 'aws-cn', '', 'key'],
  ['not an ARN', '', '', 'not an ARN'],
])('%s has partition, account and name', (arn, partition, account, name) => {
  expect([partitionInArn(arn), accountInArn(arn), nameInArn(arn)]).toEqual([partition, account, name]);
});

it.each([
  ['s3:GetObject', 's3'],
  ['s3:a:b', 's3'],
  ['s3', 's3'],
  [':', ''],
])('of %s, %s is before the colon', (text, before) => {
  expect(textBefore(text, ':')).toBe(before);
});
