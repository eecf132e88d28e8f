import { grouped, plural } from '../base/plural.js';
import type { DecisionReason, Doubt, Gap, InactiveReason, UnseenKind } from '../review/reasons.js';
import { listed } from './lists.js';
import { EVENT_KINDS } from './recording.js';
import { missingPolicyName } from './iam-files.js';
import { eventsOnDays, fromTo } from './periods.js';

/** Why a decision is suggested: one or more sentences. */
export function describeDecision(reason: DecisionReason): string {
  switch (reason.kind) {
    case 'incomplete':
      return `Incomplete data: ${reason.gaps.map(describeGap).join('; ')}.`;
    case 'service-linked':
      return `Service-linked role: the service ${reason.service} owns it and defines its permissions.`;
    case 'nothing-unused': {
      const { used, granted, unknown } = reason;
      const more = unknown === 0 ? '' : `, and the use of ${grouped(unknown)} is unknown`;
      return `Uses ${grouped(used)} of ${plural(granted, 'granted action')}${more}. No action can be removed.`;
    }
    case 'excess':
      return describeExcess(reason);
    default:
      return describeInactive(reason);
  }
}

/** That an action was not used is known only of recorded ones; of the others, that their service shows no use. */
function describeExcess({
  excess,
  unrecorded,
  granted,
  period,
  days,
}: Extract<DecisionReason, { readonly kind: 'excess' }>): string {
  const recorded = excess - unrecorded;
  const some = days.enough ? '' : ` (the logs contain ${eventsOnDays(days)})`;
  const parts = [
    ...(recorded > 0
      ? [`${unrecorded === 0 ? 'not used' : `${grouped(recorded)} not used`} ${fromTo(period)}${some}`]
      : []),
    ...(unrecorded > 0 ? [`${grouped(unrecorded)} not recorded, in services without any recorded use`] : []),
  ];
  const left = granted - excess;
  return `${grouped(excess)} of ${plural(granted, 'granted action')} can be removed: ${parts.join('; ')}. ${plural(left, 'action stays', 'actions stay')}.`;
}

function describeInactive(reason: InactiveReason): string {
  const { type } = reason;
  const unused = `No successful call ${fromTo(reason.period)}.`;
  switch (reason.kind) {
    case 'unused':
      return unused;
    case 'attempts':
      return `${unused} ${plural(reason.denied, 'call was', 'calls were')} denied, ${grouped(reason.failed)} failed. The ${type} may still be needed.`;
    case 'aws-last-used':
      return `${type === 'role' ? 'IAM' : 'The credential report'} shows a use at ${reason.at}, but the logs contain no event of it: the logs are incomplete.`;
    case 'sessions-without-calls':
      return `${plural(reason.sessions, 'session')} of this role started, but the logs contain no calls in ${reason.sessions === 1 ? 'it' : 'them'}. The role may use actions that are not recorded.`;
    case 'new':
      return `Created at ${reason.createdAt}, less than ${reason.days} days before the end of the period: too new for a decision.`;
    case 'nothing-recorded':
      return `${unused} The logs would not show any use of its ${plural(reason.granted, 'granted action')}: the use of this ${type} is unknown.`;
    case 'doubt':
      return `${unused} ${describeDoubt(reason.doubt)}`;
    case 'few-days':
      return `${unused} The logs contain ${eventsOnDays(reason.days)}: too few to call the ${type} unused.`;
    case 'unrecorded':
      return (
        `${unused} The logs would not show the use of ${grouped(reason.actions)} of its actions: they contain no ${listed(reason.kinds.map(unseenEvents), 'or')}.` +
        (type === 'user' ? ' A credential report shows whether a user is active.' : '')
      );
    case 'unknown-age':
      return `${unused} The authorization details do not say when the ${type} was created: it may be less than ${reason.days} days old.`;
    case 'permission-set':
      return `${unused} IAM Identity Center manages this role. If nobody needs it, remove the assignment of the permission set ${reason.name} to this account.`;
  }
}

function unseenEvents(kind: UnseenKind): string {
  switch (kind) {
    case 'data-events':
      return 'data events of this type';
    case 'regions':
      return 'events of other Regions';
    case 'no-own-event':
    case 'aws-last-used':
    case 'incomplete':
      return 'such events';
    default:
      return EVENT_KINDS[kind];
  }
}

/** A phrase without a period. */
export function describeGap(gap: Gap): string {
  switch (gap.kind) {
    case 'logs':
      return gap.reason;
    case 'no-events':
      return 'the logs contain no event of this account in the period';
    case 'missing-policy':
      return `the authorization details do not contain the document of ${missingPolicyName(gap.policy)}`;
    case 'missing-boundary':
      return `the authorization details do not contain the document of the permissions boundary ${gap.arn}`;
  }
}

export const describeDoubt = ({ type, name, at, others }: Doubt): string =>
  `${type === 'role' ? 'IAM' : 'The credential report'} shows a use of the ${type} ${name} at ${at} that is not in the logs` +
  `${others === 0 ? '' : `, and ${plural(others, 'more such use')}`}. The logs of this account are incomplete.`;
