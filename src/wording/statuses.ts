import { grouped } from '../base/plural.js';
import type { UngrantedReason, UnknownReason } from '../review/reasons.js';
import { listed } from './lists.js';
import { EVENT_KINDS } from './recording.js';

/** Why an action is unknown: a sentence that stands beside each action, and as the title of a list of actions. */
export function describeUnknown(reason: UnknownReason): string {
  switch (reason.kind) {
    case 'incomplete':
      return 'The data of this principal are incomplete.';
    case 'aws-last-used':
      return 'AWS shows a use of this principal in the period, but the logs contain no event of it.';
    case 'no-own-event':
      return 'CloudTrail events do not show the use of this action.';
    case 'data-events':
      return 'The logs contain no data events of this type.';
    case 'inside':
      return `May have been ${reason.succeeded ? 'used' : 'tried'} inside ${reason.call}: ${reason.why}.`;
    case 'inside-unrecorded':
      return 'May have been used inside a call that the logs do not record.';
    case 'shared-event':
      return 'A recorded call may have used this action: its event fits several actions.';
    case 'tried':
      return describeAttempts(reason);
    case 'unmapped-call':
      return `The principal made a call to ${reason.service} that matches no known action.`;
    case 'regions':
      return reason.stated
        ? `The configuration says that the trail records ${listed(reason.regions)} only.`
        : `The logs of this account contain events of ${listed(reason.regions)} only.`;
    default:
      return reason.stated
        ? `The configuration says that the trail leaves out ${EVENT_KINDS[reason.kind]}.`
        : `The logs of this account contain no ${EVENT_KINDS[reason.kind]}.`;
  }
}

/** Calls, none of which succeeded. */
function describeAttempts({
  denied,
  failed,
  errorCodes,
}: Extract<UnknownReason, { readonly kind: 'tried' }>): string {
  const codes = errorCodes.length === 0 ? '' : ` (${listed(errorCodes)})`;
  const outcomes = [
    ...(denied > 0 ? [`${grouped(denied)} denied`] : []),
    ...(failed > 0 ? [`${grouped(failed)} failed${codes}`] : []),
  ];
  return `No call succeeded: ${outcomes.join(', ')}.`;
}

/** Why an action is used, but not granted. */
export function describeUngranted(reason: UngrantedReason): string {
  switch (reason.kind) {
    case 'granted':
      return 'Granted.';
    case 'denied':
      return `${reason.by === null ? 'A policy' : `${SOURCES[reason.by.source]} ${reason.by.policy}`} denies this action.`;
    case 'outside-scp':
      return 'The service control policies do not allow this action.';
    case 'outside-boundary':
      return `The permissions boundary${reason.boundary === null ? '' : ` ${reason.boundary}`} does not allow this action.`;
    case 'not-allowed':
      return 'No identity-based policy allows this action: policies have changed since, or a resource-based policy allows it.';
  }
}

const SOURCES = {
  identity: 'The policy',
  boundary: 'The permissions boundary',
  scp: 'The service control policy',
} as const;
