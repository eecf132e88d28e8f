import { count, intersect } from '../../catalog/action-set.js';
import type { Differences } from './differences.js';
import { isSame } from './differences.js';
import type { DecisionRow, DecisionOutcome, PrincipalChange, Snapshot } from './types.js';

/** What the outcome of one decision depends on. */
export interface Facts {
  readonly before: Snapshot;
  /** null: it is gone. */
  readonly now: Snapshot | null;
  /** Another principal has its ARN now. */
  readonly recreated: boolean;
  readonly differences: Differences;
  readonly decision: DecisionRow | null;
}

export interface Verdict {
  readonly outcome: DecisionOutcome;
  readonly sentence: string;
}

/** What came of a decision, told by the files alone: the dates and notes of the reviewer prove nothing. */
export function outcomeOf(facts: Facts): Verdict {
  const { now, decision } = facts;
  const said = decision?.decision ?? null;
  if (said === null || said === 'abstain') {
    const what =
      decision === null
        ? 'Not in the file of decisions'
        : said === null
          ? 'No decision in the last review'
          : 'The reviewer abstained in the last review';
    return { outcome: 'undecided', sentence: `${what}${now === null ? '; it is gone now' : ''}.` };
  }
  const head = `Decided ${said}${by(decision)}`;
  const verdict = said === 'revoke' ? revoked(facts) : said === 'modify' ? modified(facts) : kept(facts);
  return { outcome: verdict.outcome, sentence: `${head}: ${verdict.sentence}` };
}

const by = (row: DecisionRow | null): string =>
  `${row?.reviewer ? ` by ${row.reviewer}` : ''}${row?.reviewedAt ? ` on ${row.reviewedAt}` : ''}`;

const recreatedAs = ({ type }: Snapshot): Verdict => ({
  outcome: 're-created',
  sentence: `it is gone, but a new ${type} has its name and path: that one needs a decision of its own.`,
});

function revoked({ before, now, recreated }: Facts): Verdict {
  if (now === null) {
    return recreated ? recreatedAs(before) : { outcome: 'revoked', sentence: 'it is gone.' };
  }
  const rights = size(now);
  if (now.grantsKnown && rights === 0) {
    return {
      outcome: 'no-rights',
      sentence: `the ${now.type} is still there, but its policies allow nothing.`,
    };
  }
  const still = `it is still there, and its policies allow ${actions(rights)}`;
  if (now.canSignIn === false)
    return {
      outcome: 'no-credentials',
      sentence: `${still}; it has no password and no active key, so it cannot sign in.`,
    };
  return { outcome: 'not-revoked', sentence: `${still}.` };
}

function modified({ before, now, recreated, differences }: Facts): Verdict {
  if (now === null)
    return recreated ? recreatedAs(before) : { outcome: 'removed', sentence: 'it was removed altogether.' };
  if (!before.grantsKnown || !now.grantsKnown)
    return {
      outcome: 'unknown',
      sentence: 'not all of its policies could be read, so nobody can say whether it was narrowed.',
    };
  const added = differences.added.reduce((sum, group) => sum + group.actions.length, 0);
  const removed = differences.removed.length;
  const rest = leftOver(before, now);
  if (added > 0)
    return {
      outcome: 'widened',
      sentence: `${actions(added)} were added${removed > 0 ? ` and ${removed} taken away` : ' and none taken away'}. ${rest}`,
    };
  if (removed > 0) return { outcome: 'narrowed', sentence: `${actions(removed)} were taken away. ${rest}` };
  const edited = isSame(differences)
    ? 'Its policies are the same.'
    : 'Its policies or its trust were changed, without taking an action away: see what changed; conditions and resources are not compared.';
  return { outcome: 'not-narrowed', sentence: `no action was taken away. ${edited} ${rest}` };
}

function kept({ before, now, recreated }: Facts): Verdict {
  if (now === null)
    return recreated ? recreatedAs(before) : { outcome: 'removed', sentence: 'it is gone all the same.' };
  if (now.state === 'inactive')
    return {
      outcome: 'kept-idle',
      sentence: 'no call of it succeeded since: ask again whether it is needed.',
    };
  if (now.state === 'incomplete')
    return { outcome: 'unknown', sentence: 'it is there; the data do not tell whether it was used.' };
  return { outcome: 'kept', sentence: 'it is there and was used.' };
}

/** Of what the last review found unused. */
export function unusedStillGranted(before: Snapshot, now: Snapshot): number {
  return count(intersect(now.granted, before.unused));
}

function leftOver(before: Snapshot, now: Snapshot): string {
  const left = unusedStillGranted(before, now);
  return left === 0
    ? 'Nothing that the last review found unused is granted still.'
    : `${actions(left)} that the last review found unused ${left === 1 ? 'is' : 'are'} granted still.`;
}

/** What changed, in a sentence, where there was no decision to report on. */
export function changeSentence(differences: Differences, since: Pick<PrincipalChange, 'admin'>): string {
  const added = differences.added.reduce((sum, group) => sum + group.actions.length, 0);
  const removed = differences.removed.length;
  const { policies, groups, boundary, trusted, renamedFrom } = differences;
  const listed = (what: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${what} ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`];
  const parts = [
    ...(since.admin.now === true && since.admin.before === false ? ['is an administrator now'] : []),
    ...(since.admin.now === false && since.admin.before === true ? ['is no administrator any more'] : []),
    ...(renamedFrom === null ? [] : [`was ${renamedFrom}`]),
    ...(added > 0 ? [`${actions(added)} added`] : []),
    ...(removed > 0 ? [`${actions(removed)} taken away`] : []),
    ...listed('policies added:', policies.added),
    ...listed('policies removed:', policies.removed),
    ...listed('policies with another text:', policies.changed),
    ...listed('groups joined:', groups.joined),
    ...listed('groups left:', groups.left),
    ...(boundary === null ? [] : [`boundary: ${boundary.before ?? 'none'} → ${boundary.now ?? 'none'}`]),
    ...listed('trusted now:', trusted.added),
    ...listed('trusted no more:', trusted.removed),
  ];
  if (parts.length === 0) return '';
  const own =
    policies.added.length + policies.removed.length + policies.changed.length > 0 || boundary !== null;
  if (!own && added + removed > 0)
    parts.push('its own policies are the same: what limits or groups them changed');
  return `${parts.join('; ')}.`;
}

const size = ({ granted }: Snapshot): number => count(granted);
const actions = (n: number): string => (n === 1 ? '1 action' : `${n} actions`);
