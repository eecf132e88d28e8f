import { expect, it } from 'vitest';
import { Exemptions } from '../../src/review/exemptions.js';

const END = '2026-10-01T00:00:00Z';
const marks = (arn: string, pattern: string): boolean =>
  new Exemptions([{ id: 'E', arn: pattern, owner: 'o', reason: 'r', expires: null }], END).mark(arn) !== null;

it.each<[string, string, boolean]>([
  ['arn:aws:iam::111111111111:user/break-glass', 'arn:aws:iam::*:user/break-*', true],
  ['arn:aws:iam::111111111111:user/break-glass', 'arn:aws:iam::*:user/Break-*', false],
  ['arn:aws:iam::111111111111:user/a.b', 'arn:aws:iam::111111111111:user/a.?', true],
  ['arn:aws:iam::111111111111:user/axb', 'arn:aws:iam::111111111111:user/a.b', false],
  ['arn:aws:iam::111111111111:user/a', '*', true],
  ['arn:aws:iam::111111111111:user/a', '**user/**a**', true],
  ['arn:aws:iam::111111111111:user/a', 'user/a', false],
])('%s under %s', (arn, pattern, expected) => {
  expect(marks(arn, pattern)).toBe(expected);
});

it('does not take ages for a pattern of many stars', () => {
  expect(marks(`arn:aws:iam::111111111111:user/${'a'.repeat(64)}`, `${'*a'.repeat(40)}b`)).toBe(false);
}, 10_000);
