import type { DecisionOutcome } from '../../review/since-last-review/types.js';

/** done: as decided. open: not as decided, or not decided at all. changed: something else happened. */
export type OutcomeStatus = 'done' | 'open' | 'changed';

/** What outcomes are called, the ones to act on first. */
export const OUTCOME_WORDS: Readonly<
  Record<DecisionOutcome, { readonly title: string; readonly status: OutcomeStatus }>
> = {
  'not-revoked': { title: 'Decided revoke, still there', status: 'open' },
  're-created': { title: 'Gone, and re-created under the same name', status: 'open' },
  widened: { title: 'Decided modify, rights were added', status: 'open' },
  'not-narrowed': { title: 'Decided modify, nothing taken away', status: 'open' },
  unknown: { title: 'The data do not tell', status: 'open' },
  undecided: { title: 'Not decided', status: 'open' },
  'kept-idle': { title: 'Decided keep, not used since', status: 'open' },
  'no-credentials': { title: 'Decided revoke, cannot sign in', status: 'changed' },
  'no-rights': { title: 'Decided revoke, may do nothing', status: 'changed' },
  removed: { title: 'Gone, though not decided to revoke', status: 'changed' },
  revoked: { title: 'Decided revoke, gone', status: 'done' },
  narrowed: { title: 'Decided modify, narrowed', status: 'done' },
  kept: { title: 'Decided keep, used', status: 'done' },
};

export const OUTCOMES = Object.keys(OUTCOME_WORDS) as readonly DecisionOutcome[];
