import { expect, it } from 'vitest';
import { letterCaseOf } from '../../../src/trail/elasticsearch/documents.js';

const arn = 'arn:aws:iam::111111111111:user/Anaya';
const pair = (indexed: string) => ({ field: 'userIdentity.arn', written: arn, indexed });

it.each([
  [[], 'kept'],
  [[pair(arn)], 'kept'],
  [[pair(arn), pair(arn.toLowerCase())], 'lower'],
] as const)('case %#: the letter case of values is %s', (pairs, expected) => {
  expect(letterCaseOf(pairs, 'index trail')).toBe(expected);
});

it.each([arn.toUpperCase(), 'anaya'])('a value that was changed to %s is an error', (indexed) => {
  expect(() => letterCaseOf([pair(indexed)], 'index trail')).toThrow(
    /Index trail changes values: userIdentity\.arn is .*Anaya.*without a normalizer/,
  );
});
