import { grouped, plural } from '../base/plural.js';
import type { Change } from '../review/types.js';

/** What each form of a suggested policy allows. */
export const POLICY_FORMS = {
  cautious: 'allows what was used, and what may have been used without an event in the logs',
  strict: 'allows only what was used',
  observed: 'allows only what was used, on the resources it was used on',
} as const;

/** Next to the cautious form, which belongs to the change itself. */
export const otherForm = (form: keyof typeof POLICY_FORMS): string =>
  `Alternative: the ${form} form ${POLICY_FORMS[form]}.`;

/** What to do, why, and what it removes. */
export function describeSuggestedChange(change: Change): string {
  const { actionsRemoved } = change;
  switch (change.kind) {
    case 'remove-user':
    case 'remove-role':
      return `Delete this ${change.kind === 'remove-user' ? 'user' : 'role'}: the logs show no use in the period. ${plural(actionsRemoved, 'granted action goes', 'granted actions go')}.`;
    case 'replace-policies':
      return `Replace the attached policies with the suggested ones: ${staysAndGoes(change.kept, actionsRemoved)}.`;
    case 'change-permission-set':
      return `Change the permission set ${change.target} in IAM Identity Center, not this role: ${staysAndGoes(change.kept, actionsRemoved)}. Other accounts may use the same permission set.`;
    case 'detach-policy': {
      const what = change.inline ? 'Delete the inline policy' : 'Detach the policy';
      return `${what} ${change.name}: ${unusedPolicies(change.allowed, actionsRemoved)}`;
    }
    case 'leave-group':
      return `Remove the user from the group ${change.target}: ${unusedPolicies(change.allowed, actionsRemoved)}`;
    case 'remove-trust': {
      const where = change.statement === null ? '' : ` (statement ${change.statement})`;
      const why =
        change.finding === 'deleted-principal'
          ? 'the user or role no longer exists'
          : 'the logs of the period show no role assumption through this entry';
      return `Remove ${change.target} from the trust policy${where}: ${why}.`;
    }
  }
}

/** Removed actions can be unknown, so no sentence calls them unused. */
const staysAndGoes = (kept: number, removed: number): string =>
  `${plural(kept, 'action stays', 'actions stay')}, ${plural(removed, 'goes', 'go')}`;

/** @param allowed granted actions that the policies allow, none of which was used */
function unusedPolicies(allowed: number, removed: number): string {
  const [none, them] =
    allowed === 1
      ? ['the only action that it allows was not used.', 'it']
      : [`none of the ${grouped(allowed)} actions that it allows was used.`, 'them'];
  if (removed === allowed) return `${none} No other policy allows ${them}.`;
  return removed === 0
    ? `${none} Other policies still allow ${them}.`
    : `${none} Other policies still allow ${grouped(allowed - removed)} of them.`;
}
