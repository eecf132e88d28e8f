import type { DecisionOutcome } from '../../review/since-last-review/types.js';

/** done: as decided. open: not as decided, or undecided. changed: something else happened. */
export type OutcomeStatus = 'done' | 'open' | 'changed';

/** Outcomes that need action come first. */
export const OUTCOME_STATUS: Readonly<Record<DecisionOutcome, OutcomeStatus>> = {
  'not-revoked': 'open',
  're-created': 'open',
  widened: 'open',
  'not-narrowed': 'open',
  unknown: 'open',
  undecided: 'open',
  'kept-idle': 'open',
  'no-credentials': 'changed',
  'no-rights': 'changed',
  removed: 'changed',
  revoked: 'done',
  narrowed: 'done',
  kept: 'done',
};

export const OUTCOMES = Object.keys(OUTCOME_STATUS) as readonly DecisionOutcome[];
