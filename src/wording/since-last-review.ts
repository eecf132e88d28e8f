import { required } from '../base/checked.js';
import { plural } from '../base/plural.js';
import type { DecisionOutcome, PrincipalChange } from '../review/since-last-review/types.js';
import { capitalized, few } from './lists.js';

/** Title of each outcome. */
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

/** Maximum number of policies, groups and trusted principals in a sentence. */
const FEW_NAMES = 5;

/** The outcome of the decision, then what changed. */
export function describePrincipalChange(one: PrincipalChange): string {
  if (one.change === 'not-reviewed')
    return `Account ${one.principal.accountId} is not in this review, so nothing is known about this principal.`;
  if (one.change === 'new') return describeNew(one);
  const outcome = one.outcome === null ? '' : describeOutcome(one, one.outcome);
  // The outcome already says that the principal is gone.
  if (one.change === 'gone') return outcome === '' ? describeGone(one) : outcome;
  return [outcome, describeDifferences(one)].filter((part) => part !== '').join(' ');
}

function describeNew({ sameArn, accountReviewed, admin, principal }: PrincipalChange): string {
  const what =
    sameArn !== null
      ? `New: the last review had another ${principal.type} with this ARN, with the unique ID ${sameArn}.`
      : accountReviewed
        ? 'New since the last review.'
        : 'The last review did not include this account.';
  return `${what}${admin.now === true ? ` This ${principal.type} is an administrator.` : ''}`;
}

const describeGone = ({ sameArn, principal }: PrincipalChange): string =>
  `No longer in the IAM file.${sameArn === null ? '' : ` Another ${principal.type} now has this ARN.`}`;

function describeOutcome(one: PrincipalChange, outcome: DecisionOutcome): string {
  const { decision: row } = one;
  if (outcome === 'undecided' || row === null || row.decision === null)
    return `${whyUndecided(row)}${one.change === 'gone' ? ' It is no longer in the IAM file.' : ''}`;
  const by = row.reviewer === '' ? '' : ` by ${row.reviewer}`;
  const on = row.reviewedAt === '' ? '' : ` on ${row.reviewedAt}`;
  return `${capitalized(row.decision)} decided${by}${on}: ${whatHappened(one, outcome)}`;
}

function whyUndecided(row: PrincipalChange['decision']): string {
  if (row === null) return 'The file of decisions has no row for this principal.';
  return row.decision === null
    ? 'The last review has no decision about this principal.'
    : 'The reviewer abstained in the last review.';
}

function whatHappened(one: PrincipalChange, outcome: Exclude<DecisionOutcome, 'undecided'>): string {
  const { type } = one.principal;
  const still = `the ${type} still exists`;
  const granted = (): string => plural(required(one.granted.now, 'granted.now'), 'granted action');
  const added = addedTo(one);
  switch (outcome) {
    case 'revoked':
    case 'removed':
      return `the ${type} no longer exists.`;
    case 're-created':
      return `the ${type} was deleted, but a new ${type} has the same name and path. It needs its own decision.`;
    case 'no-rights':
      return `${still}, but its policies allow nothing.`;
    case 'no-credentials':
      return `${still}, with ${granted()}. It cannot sign in: it has no password and no active access key.`;
    case 'not-revoked':
      return `${still}, with ${granted()}.`;
    case 'widened':
      return `${plural(added, 'action was', 'actions were')} added, ${one.removed.length === 0 ? 'none' : one.removed.length} removed. ${leftOver(one)}`;
    case 'narrowed':
      return `${plural(one.removed.length, 'action was', 'actions were')} removed. ${leftOver(one)}`;
    case 'not-narrowed':
      return `no action was removed. ${
        one.change === 'same'
          ? 'The policies are unchanged.'
          : 'Policies or the trust policy changed; conditions and resources are not compared.'
      } ${leftOver(one)}`;
    case 'kept':
      return `${still} and was used.`;
    case 'kept-idle':
      return `no call succeeded in the period. Check whether the ${type} is still needed.`;
    case 'unknown':
      return one.grantsKnown
        ? `${still}. The data are incomplete, so its use is unknown.`
        : 'not all policies can be read, so it is unknown whether permissions were removed.';
  }
}

const addedTo = ({ added }: PrincipalChange): number =>
  added.reduce((sum, { actions }) => sum + actions.length, 0);

function leftOver({ unusedStillGranted }: PrincipalChange): string {
  const left = required(unusedStillGranted, 'unusedStillGranted');
  return left === 0
    ? 'No action that was unused in the last review is still granted.'
    : `${plural(left, 'action')} that ${left === 1 ? 'was' : 'were'} unused in the last review ${left === 1 ? 'is' : 'are'} still granted.`;
}

function describeDifferences(one: PrincipalChange): string {
  const { policies, groups, boundary, trusted, renamedFrom, admin } = one;
  const [added, removed] = [addedTo(one), one.removed.length];
  const names = (what: string, list: readonly string[]): string[] =>
    list.length === 0 ? [] : [`${what} ${few(list, FEW_NAMES)}`];
  const parts = [
    ...(renamedFrom === null ? [] : [`former ARN ${renamedFrom}`]),
    ...(added > 0 ? [`${plural(added, 'action')} added`] : []),
    ...(removed > 0 ? [`${plural(removed, 'action')} removed`] : []),
    ...names('policies added:', policies.added),
    ...names('policies removed:', policies.removed),
    ...names('policies edited:', policies.changed),
    ...names('groups joined:', groups.joined),
    ...names('groups left:', groups.left),
    ...(boundary === null
      ? []
      : [`permissions boundary: ${boundary.before ?? 'none'} → ${boundary.now ?? 'none'}`]),
    ...names('trust added:', trusted.added),
    ...names('trust removed:', trusted.removed),
  ];
  const own = [policies.added, policies.removed, policies.changed].some(({ length }) => length > 0);
  if (!own && boundary === null && added + removed > 0)
    parts.push('own policies unchanged: a group, service control policy or other limit changed');
  const status =
    admin.now === true && admin.before === false
      ? 'This principal became an administrator after the last review.'
      : admin.now === false && admin.before === true
        ? 'This principal is no longer an administrator.'
        : '';
  return [status, parts.length === 0 ? '' : `${capitalized(parts.join('; '))}.`]
    .filter((part) => part !== '')
    .join(' ');
}
