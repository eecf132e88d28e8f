import { count, intersect } from '../../catalog/action-set.js';
import type { Differences } from './differences.js';
import type { DecisionOutcome, DecisionRow, Snapshot } from './types.js';

/** Everything that the outcome of one decision depends on. */
export interface Facts {
  readonly before: Snapshot;
  /** null if gone. */
  readonly now: Snapshot | null;
  /** Another principal has its ARN now. */
  readonly recreated: boolean;
  readonly differences: Differences;
  readonly decision: DecisionRow | null;
}

/** Outcome of a decision, from the files alone: dates and notes of the reviewer prove nothing. */
export function outcomeOf(facts: Facts): DecisionOutcome {
  switch (facts.decision?.decision ?? null) {
    case null:
    case 'abstain':
      return 'undecided';
    case 'revoke':
      return revoked(facts);
    case 'modify':
      return modified(facts);
    case 'keep':
      return kept(facts);
  }
}

function revoked({ now, recreated }: Facts): DecisionOutcome {
  if (now === null) return recreated ? 're-created' : 'revoked';
  if (now.grantsKnown && count(now.granted) === 0) return 'no-rights';
  return now.canSignIn === false ? 'no-credentials' : 'not-revoked';
}

function modified({ before, now, recreated, differences }: Facts): DecisionOutcome {
  if (now === null) return recreated ? 're-created' : 'removed';
  if (!before.grantsKnown || !now.grantsKnown) return 'unknown';
  if (differences.added.some(({ actions }) => actions.length > 0)) return 'widened';
  return differences.removed.length > 0 ? 'narrowed' : 'not-narrowed';
}

function kept({ now, recreated }: Facts): DecisionOutcome {
  if (now === null) return recreated ? 're-created' : 'removed';
  if (now.state === 'inactive') return 'kept-idle';
  return now.state === 'incomplete' ? 'unknown' : 'kept';
}

/** Number of actions that were unused in the last review and are still granted. */
export function unusedStillGranted(before: Snapshot, now: Snapshot): number {
  return count(intersect(now.granted, before.unused));
}
