import type { KindRecording } from './recording/account.js';
import type { LogDays } from './recording/days.js';
import type { RecordingKind } from './recording/kinds.js';

/** The sentences of the review about what logs show and do not show. Those about an unknown action stand beside every one. */

export const UNKNOWN_REASONS = {
  incomplete: 'The data of this principal are incomplete.',
  'no-own-event': 'The action has no API call of its own.',
  'data-events': 'The logs hold no data events of this kind.',
  'shared-event': 'A call that was made may have used it: the event does not tell.',
  inside: 'A call that the logs do not record may have used it.',
} as const;

const KIND_EVENTS: Readonly<Record<RecordingKind, string>> = {
  read: 'read events',
  write: 'write events',
  kms: 'AWS KMS events',
  'rds-data': 'RDS Data API events',
  sts: 'AWS STS events',
  global: 'IAM or CloudFront events',
};

/** The settings of a trail that leave a kind out (CloudTrail User Guide: Logging management events; Global service events). */
const KIND_SETTINGS: Readonly<Record<RecordingKind, string>> = {
  read: 'Management events, API activity: Write only',
  write: 'Management events, API activity: Read only',
  kms: 'Management events, Exclude AWS KMS events',
  'rds-data': 'Management events, Exclude Amazon RDS Data API events',
  sts: 'a trail of a single Region',
  global: 'a trail of a single Region',
};

export const kindReason = ({ kind, verdict }: Pick<KindRecording, 'kind' | 'verdict'>): string =>
  verdict === 'excluded'
    ? `The configuration says that the trail leaves out ${KIND_EVENTS[kind]}.`
    : `The logs of this account hold no ${KIND_EVENTS[kind]}.`;

export const kindTitle = (kind: RecordingKind): string =>
  `${KIND_EVENTS[kind].charAt(0).toUpperCase()}${KIND_EVENTS[kind].slice(1)}`;

export const kindSetting = (kind: RecordingKind): string => KIND_SETTINGS[kind];

/** One warning for all kinds that an account's logs lack; '' where they lack none. */
export function recordingWarning(account: string, kinds: readonly KindRecording[]): string {
  // Most accounts have no cluster with the Data API.
  const unseen = kinds.filter(({ kind, verdict }) => verdict === 'not-seen' && kind !== 'rds-data');
  if (unseen.length === 0) return '';
  const missing = list(unseen.map(({ kind }) => `no ${KIND_EVENTS[kind]}`));
  const settings = [...new Set(unseen.map(({ kind }) => KIND_SETTINGS[kind]))].join('; ');
  return (
    `The logs of account ${account} hold ${missing}: such actions are unknown, not unused. ` +
    `Trail settings that explain it: ${settings}. The key recording of the configuration can state what the trail records.`
  );
}

/** Where the configuration says that a kind is left out, and the logs hold it; '' where they agree. */
export function contradictionWarning(account: string, kinds: readonly KindRecording[]): string {
  const held = kinds.filter(({ verdict, events }) => verdict === 'excluded' && events > 0);
  if (held.length === 0) return '';
  const what = list(held.map(({ kind, events }) => `${events} ${KIND_EVENTS[kind]}`));
  return `The logs of account ${account} hold ${what}, which the configuration says are left out (key recording).`;
}

/** What became of calls that never succeeded. */
export function triedReason(denied: number, failed: number, errorCodes: ReadonlySet<string>): string {
  const codes = [...errorCodes].sort();
  const withCodes = codes.length === 0 ? 'failed' : `failed with ${list(codes)}`;
  if (denied === 0) return `Tried ${times(failed)}, ${withCodes}.`;
  if (failed === 0) return `Tried ${times(denied)}, denied.`;
  return `Tried ${times(denied + failed)}: ${denied} denied, ${failed} ${withCodes}.`;
}

/**
 * An action that a call may have exercised besides its own.
 * @param call its action: `ec2:RunInstances`
 * @param why a clause
 */
export const insideReason = (call: string, why: string, wasAllowed: boolean): string =>
  `May have been ${wasAllowed ? 'used' : 'tried'} inside ${call}: ${why}.`;

export const unmappedReason = (service: string): string =>
  `The principal used a call of ${service} that no action is known for.`;

/** What the days without events mean for an account; '' where they mean nothing. */
export function daysWarning(account: string, days: LogDays): string {
  const without = days.all - days.covered;
  if (days.quiet)
    return without === 0
      ? ''
      : `Account ${account} is configured as quiet: ${without} of ${days.all} days without events count as days without calls.`;
  return days.enough
    ? ''
    : `The logs of account ${account} hold events on ${days.covered} of ${days.all} days${weekWords(days)}: nobody in it is suggested for removal. ` +
        'If days without events are days without calls, say so with the key quiet of the account.';
}

function weekWords({ firstWeek, lastWeek }: LogDays): string {
  const words = [
    [firstWeek, 'first'],
    [lastWeek, 'last'],
  ] as const;
  return words
    .filter(([{ all, covered }]) => covered < all)
    .map(([{ all, covered }, which]) => `, on ${covered} of ${all} in the ${which} week`)
    .join('');
}

/** For decisions: what the days with logs allow to say. */
export const daysReason = (days: LogDays): string =>
  `the logs hold events on ${days.covered} of ${days.all} days${weekWords(days)}`;

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);

const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

/** A principal none of whose calls succeeded. */
export const attemptsReason = (
  { denied, failed }: { readonly denied: number; readonly failed: number },
  when: string,
): string =>
  `No call succeeded ${when}: ${denied} ${denied === 1 ? 'was' : 'were'} denied, ${failed} failed. Somebody uses it, or tries to.`;

/** A principal without calls that may use what leaves no trace. */
export const mayBeUnrecordedReason = (actions: number, type: 'user' | 'role'): string =>
  `its policies name ${actions === 1 ? '1 action' : `${actions} actions`} whose data events are not in the logs: they may be all that it uses.` +
  (type === 'user' ? ' A credential report tells whether it is used.' : '');

export const serviceOwnsReason = (service: string): string =>
  `Service-linked role: the service ${service} owns it and defines its policy.`;

export const assignmentReason = (permissionSet: string): string =>
  `IAM Identity Center owns this role: if nobody needs it, remove the assignment of the permission set ${permissionSet} to this account.`;

/** The change that stands in place of changes of the role itself. */
export const permissionSetSentence = (permissionSet: string, kept: number, gone: number): string =>
  `Change the permission set ${permissionSet} in IAM Identity Center, not this role: in this account ` +
  `${kept === 1 ? '1 action stays' : `${kept} actions stay`}, and ${gone === 1 ? '1 unused action goes' : `${gone} unused actions go`}. ` +
  'Other accounts may use the same permission set.';

/** AWS's own record of a use that the logs do not show. */
export const doubtReason = (
  witness: { readonly type: 'user' | 'role'; readonly name: string; readonly at: string },
  others: number,
): string =>
  `${witness.type === 'role' ? 'IAM' : 'the credential report'} says that the ${witness.type} ${witness.name} was last used at ${witness.at}` +
  `${others === 0 ? '' : ` (and ${others} more like it)`}, and the logs show nothing of it: they lack events of this account.`;

export const doubtWarning = (account: string, doubt: string): string =>
  `The logs of account ${account} are doubtful: ${doubt} Nobody in it is suggested for removal.`;

export const NO_EVENTS = 'the logs hold no event of this account in the period';

export const noEventsWarning = (account: string, id: string, hasOthers: boolean): string =>
  `The logs hold no event of account ${account} (${id}) in the period${hasOthers ? ', but events of accounts that are not configured: check the id, and where the logs come from' : ''}. Nothing in it is called unused.`;
