import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, disjoint } from '../../src/iam/suggest/containment.js';
import { matchesWildcard } from '../../src/iam/patterns.js';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

describe('contains', () => {
  it.each([
    ['*', '', true],
    ['a*', 'a', true],
    ['arn:*:b/*', 'arn:aws:b/*', true],
    ['?', '*', false],
    ['?', '?', true],
    ['a?', 'ab', true],
    ['*?', '?*', true],
    ['a', 'a*', false],
    ['*a*', 'ba*', true],
    ['arn:aws:sqs:eu-west-1:*', 'arn:aws:sqs:*:1:q', false],
    ['${x}', 'a', false],
  ])('%s ⊇ %s: %s', (outer, inner, expected) => {
    expect(contains(outer, inner)).toBe(expected);
  });
  it('is never true for a pattern that matches more', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (outer, inner, sample) => {
        if (contains(outer, inner) && matchesWildcard(inner, sample)) {
          expect(matchesWildcard(outer, sample)).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
  });
  it('is plain matching for text without wildcards', () => {
    fc.assert(
      fc.property(pattern, text, (outer, sample) => {
        expect(contains(outer, sample)).toBe(matchesWildcard(outer, sample));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('disjoint', () => {
  it.each([
    ['a*', 'b*', true],
    ['*a', '*b', true],
    ['a*', 'ab', false],
    ['home/${aws:username}/*', 'home/a/k', false],
    ['home/${aws:username}', 'other', true],
    ['a${x}b', 'aXc', true],
    ['a${x', 'a', false],
  ])('%s, %s: %s', (a, b, expected) => {
    expect(disjoint(a, b)).toBe(expected);
    expect(disjoint(b, a)).toBe(expected);
  });
  it('is never true for patterns with a common match', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (a, b, sample) => {
        if (matchesWildcard(a, sample) && matchesWildcard(b, sample)) expect(disjoint(a, b)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });
});
