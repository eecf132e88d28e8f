import { expect, it } from 'vitest';
import type { TrustReview } from '../../src/review/types.js';
import { describeTrust, trustedName } from '../../src/wording/trust.js';

const entry = (change: Partial<TrustReview>): TrustReview => ({
  kind: 'account',
  value: 'arn:aws:iam::111122223333:root',
  accountId: '111122223333',
  statement: 1,
  conditions: [],
  inverted: false,
  sessions: 0,
  lastAssumed: null,
  findings: [],
  ...change,
});

it('says of the role’s own account that it is this one', () => {
  expect(describeTrust(entry({}), '111122223333')).toBe(
    'Allows the users and roles of this account whose identity policies allow it.',
  );
  expect(describeTrust(entry({}), '999988887777')).toBe('Allows a whole account.');
});

it('says of NotPrincipal that it names whom it keeps out', () => {
  const inverted = entry({ inverted: true, findings: ['everyone'] });
  expect(trustedName(inverted)).toBe('everyone except arn:aws:iam::111122223333:root');
  expect(describeTrust(inverted, '111122223333')).toBe(
    'Allows everyone except the principal that it names. Any AWS principal except arn:aws:iam::111122223333:root can try to assume this role.',
  );
});
