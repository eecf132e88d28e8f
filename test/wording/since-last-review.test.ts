import { expect, it } from 'vitest';
import type { DecisionRow, PrincipalChange } from '../../src/review/since-last-review/types.js';
import { NO_DIFFERENCES } from '../../src/review/since-last-review/differences.js';
import { describePrincipalChange } from '../../src/wording/since-last-review.js';

const change = (over: Partial<PrincipalChange>): PrincipalChange => ({
  ...NO_DIFFERENCES,
  change: 'same',
  principal: {
    ...{ arn: 'arn:aws:iam::111111111111:user/ann', id: 'AIDAANN', type: 'user', name: 'ann' },
    ...{ accountId: '111111111111', accountName: 'demo' },
  },
  ...{ sameArn: null, accountReviewed: true, grantsKnown: true },
  state: 'active',
  ...{ decision: null, outcome: null },
  admin: { before: false, now: false },
  granted: { before: 4, now: 4 },
  unusedStillGranted: 2,
  ...over,
});
const decided = (decision: DecisionRow['decision'], by: Partial<DecisionRow> = {}): DecisionRow => ({
  ...{ line: 2, decision, reviewer: '', reviewedAt: '', justification: '', ticket: '' },
  ...{ remediatedAt: '', remediationEvidence: '' },
  ...by,
});
const ADDED = { added: [{ policies: ['p'], actions: ['s3:CreateBucket'] }] };

it.each<[string, Partial<PrincipalChange>, string]>([
  ['new', { change: 'new' }, 'New since the last review.'],
  [
    'new administrator in a new account',
    { change: 'new', accountReviewed: false, admin: { before: null, now: true } },
    'The last review did not include this account. This user is an administrator.',
  ],
  [
    'new under an old name',
    { change: 'new', sameArn: 'AIDAOLD' },
    'New: the last review had another user with this ARN, with the unique ID AIDAOLD.',
  ],
  ['gone', { change: 'gone' }, 'No longer in the IAM file.'],
  ['same', {}, ''],
  [
    'not reviewed',
    { change: 'not-reviewed' },
    'Account 111111111111 is not in this review, so nothing is known about this principal.',
  ],
  [
    'an administrator now',
    { change: 'changed', ...ADDED, admin: { before: false, now: true } },
    'This principal became an administrator after the last review. 1 action added; own policies unchanged: a group, service control policy or other limit changed.',
  ],
  [
    'other texts',
    {
      change: 'changed',
      policies: { added: [], removed: [], changed: ['text'] },
      groups: { joined: ['new'], left: ['old'] },
      boundary: { before: null, now: 'b' },
      trusted: { added: ['*'], removed: [] },
    },
    'Policies edited: text; groups joined: new; groups left: old; permissions boundary: none → b; trust added: *.',
  ],
  [
    'kept',
    { outcome: 'kept', decision: decided('keep', { reviewer: 'Ann', reviewedAt: '2026-10-05' }) },
    'Keep decided by Ann on 2026-10-05: the user still exists and was used.',
  ],
  [
    'not revoked',
    { outcome: 'not-revoked', decision: decided('revoke') },
    'Revoke decided: the user still exists, with 4 granted actions.',
  ],
  [
    'revoked',
    { change: 'gone', outcome: 'revoked', decision: decided('revoke') },
    'Revoke decided: the user no longer exists.',
  ],
  [
    'widened',
    { change: 'changed', outcome: 'widened', decision: decided('modify'), ...ADDED },
    'Modify decided: 1 action was added, none removed. 2 actions that were unused in the last review are still granted. 1 action added; own policies unchanged: a group, service control policy or other limit changed.',
  ],
  [
    'not narrowed',
    { outcome: 'not-narrowed', decision: decided('modify'), unusedStillGranted: 0 },
    'Modify decided: no action was removed. The policies are unchanged. No action that was unused in the last review is still granted.',
  ],
  [
    'unreadable policies',
    { outcome: 'unknown', grantsKnown: false, decision: decided('modify') },
    'Modify decided: not all policies can be read, so it is unknown whether permissions were removed.',
  ],
  ['no row', { outcome: 'undecided' }, 'The file of decisions has no row for this principal.'],
  [
    'abstained',
    { change: 'gone', outcome: 'undecided', decision: decided('abstain') },
    'The reviewer abstained in the last review. It is no longer in the IAM file.',
  ],
])('%s', (_, over, text) => {
  expect(describePrincipalChange(change(over))).toBe(text);
});
