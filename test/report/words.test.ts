import { expect, it } from 'vitest';
import { shortRisk, trustSentence, trustedName } from '../../src/report/words.js';
import type { Risk, TrustReview } from '../../src/review/types.js';

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
  expect(trustSentence(entry({}), '111122223333')).toBe(
    'Lets in the users and roles of this account whose own policies allow it.',
  );
  expect(trustSentence(entry({}), '999988887777')).toBe('Lets in a whole account.');
});

it('says of NotPrincipal that it names whom it keeps out', () => {
  const inverted = entry({ inverted: true, findings: ['everyone'] });
  expect(trustedName(inverted)).toBe('everyone but arn:aws:iam::111122223333:root');
  expect(trustSentence(inverted, '111122223333')).toBe(
    'Lets in everyone but what it names. Everyone but arn:aws:iam::111122223333:root may take on this role, in any AWS account.',
  );
});

it('cuts only long lists of actions, and says by how many', () => {
  const risk = (length: number): Risk => ({
    tag: 'data-exfiltration',
    method: null,
    actions: Array.from({ length }, (_, i) => ({ action: `s3:Get${i}`, status: 'unused' })),
    unused: true,
    limited: false,
  });
  expect(shortRisk(risk(20))).toEqual(risk(20));
  expect(shortRisk(risk(23))).toEqual({ ...risk(20), actionsLeftOut: 3 });
});
