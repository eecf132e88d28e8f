import { expect, it } from 'vitest';
import { describeUnknown } from '../../src/wording/statuses.js';

it.each([
  [{ denied: 1, failed: 0, errorCodes: [] }, 'No call succeeded: 1 denied.'],
  [
    { denied: 0, failed: 2, errorCodes: ['NoSuchBucketPolicy', 'Throttling'] },
    'No call succeeded: 2 failed (NoSuchBucketPolicy and Throttling).',
  ],
  [{ denied: 3, failed: 1, errorCodes: [] }, 'No call succeeded: 3 denied, 1 failed.'],
])('%j', (attempts, text) => {
  expect(describeUnknown({ kind: 'tried', ...attempts })).toBe(text);
});

it('says whether the logs or the configuration exclude a kind of events', () => {
  expect(describeUnknown({ kind: 'kms', stated: false })).toBe(
    'The logs of this account contain no AWS KMS events.',
  );
  expect(describeUnknown({ kind: 'kms', stated: true })).toBe(
    'The configuration says that the trail leaves out AWS KMS events.',
  );
});
