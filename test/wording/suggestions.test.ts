import { expect, it } from 'vitest';
import type { Change } from '../../src/review/types.js';
import { describeSuggestedChange } from '../../src/wording/suggestions.js';

it.each<[Change, string]>([
  [
    { kind: 'replace-policies', target: null, kept: 12, actionsRemoved: 30 },
    'Replace the attached policies with the suggested ones: 12 actions stay, 30 go.',
  ],
  [
    { kind: 'change-permission-set', target: 'Ops', kept: 1, actionsRemoved: 1 },
    'Change the permission set Ops in IAM Identity Center, not this role: 1 action stays, 1 goes. Other accounts may use the same permission set.',
  ],
  [
    { kind: 'remove-user', target: null, actionsRemoved: 1 },
    'Delete this user: the logs show no use in the period. 1 granted action goes.',
  ],
  [
    { kind: 'detach-policy', target: 'a', name: 'P', inline: false, allowed: 1, actionsRemoved: 1 },
    'Detach the policy P: the only action that it allows was not used. No other policy allows it.',
  ],
  [
    { kind: 'detach-policy', target: 'P', name: 'P', inline: true, allowed: 3, actionsRemoved: 2 },
    'Delete the inline policy P: none of the 3 actions that it allows was used. Other policies still allow 1 of them.',
  ],
  [
    { kind: 'leave-group', target: 'G', allowed: 3, actionsRemoved: 0 },
    'Remove the user from the group G: none of the 3 actions that it allows was used. Other policies still allow them.',
  ],
  [
    { kind: 'remove-trust', target: 'AROAX', finding: 'deleted-principal', statement: 2, actionsRemoved: 0 },
    'Remove AROAX from the trust policy (statement 2): the user or role no longer exists.',
  ],
])('%j', (change, text) => {
  expect(describeSuggestedChange(change)).toBe(text);
});
