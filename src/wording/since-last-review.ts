import type { DecisionOutcome } from '../review/since-last-review/types.js';

/** What each outcome of a decision is called. */
export const OUTCOME_TITLES: Readonly<Record<DecisionOutcome, string>> = {
  'not-revoked': 'Revoke decided, still present',
  're-created': 'Revoke decided, re-created under the same name',
  widened: 'Modify decided, permissions added',
  'not-narrowed': 'Modify decided, no permissions removed',
  unknown: 'Outcome unknown',
  undecided: 'No decision',
  'kept-idle': 'Keep decided, not used since',
  'no-credentials': 'Revoke decided, cannot sign in',
  'no-rights': 'Revoke decided, no permissions left',
  removed: 'Deleted without a revoke decision',
  revoked: 'Revoke decided, deleted',
  narrowed: 'Modify decided, permissions removed',
  kept: 'Keep decided, in use',
};
