import { grouped, plural } from '../base/plural.js';
import type { ReviewWarning } from '../review/reasons.js';
import type { OtherAccounts, RegionEvents } from '../trail/types.js';
import { describeDoubt } from './decisions.js';
import { listed } from './lists.js';
import { eventsOnDays } from './periods.js';
import { EVENT_KINDS, TRAIL_SETTINGS } from './recording.js';

export function describeWarning(warning: ReviewWarning): string {
  switch (warning.kind) {
    case 'missing-kinds': {
      const kinds = listed(
        warning.kinds.map((kind) => EVENT_KINDS[kind]),
        'or',
      );
      const settings = [...new Set(warning.kinds.map((kind) => TRAIL_SETTINGS[kind]))].join('; ');
      return (
        `The logs of account ${warning.account} contain no ${kinds}. Actions of these types are unknown, not unused. ` +
        `Trail settings that can cause this: ${settings}. To state what the trail records, set the configuration key recording.`
      );
    }
    case 'contradicted-kinds': {
      const kinds = listed(
        warning.kinds.map(({ kind, events }) => `${grouped(events)} ${EVENT_KINDS[kind]}`),
      );
      return `The logs of account ${warning.account} contain ${kinds}, although the configuration key recording excludes them.`;
    }
    case 'missing-regions':
      return (
        `The logs of account ${warning.account} contain events of ${describeRegions(warning.regions)} only, and none of global services. ` +
        'Actions that may have been used in other Regions are unknown, not unused. ' +
        `Trail settings that can cause this: ${TRAIL_SETTINGS.global}. To state what the trail records, set the configuration key recording.regions.`
      );
    case 'contradicted-regions':
      return `The logs of account ${warning.account} contain events of ${describeRegions(warning.regions)}, although the configuration key recording.regions does not list ${warning.regions.length === 1 ? 'it' : 'them'}.`;
    case 'quiet': {
      const { all, covered } = warning.days;
      return `Account ${warning.account} is configured as quiet: the ${plural(all - covered, 'day')} without events (of ${all}) ${all - covered === 1 ? 'counts as a day' : 'count as days'} without calls.`;
    }
    case 'few-days':
      return (
        `The logs of account ${warning.account} contain ${eventsOnDays(warning.days)}. No principal of this account is suggested for removal. ` +
        'If days without events are days without calls, set quiet: true for the account.'
      );
    case 'doubt':
      return `Account ${warning.account}: ${describeDoubt(warning.doubt)} No principal of this account is suggested for removal.`;
    case 'no-events':
      return (
        `The logs contain no event of account ${warning.account} (${warning.id}) in the period. Nothing in this account is called unused.` +
        describeOthers(warning.others)
      );
    case 'expired-exemption':
      return `Exemption ${warning.id} of ${warning.owner} expired on ${warning.expires}, but marks ${plural(warning.principals, 'principal')}. Decide on them, or renew the exemption.`;
    case 'unmatched-exemption':
      return `Exemption ${warning.id} of ${warning.owner} marks no principal: nothing matches ${warning.arn}.`;
  }
}

/** `eu-west-1 (1,234 events) and us-east-2 (1 event)`. */
const describeRegions = (regions: readonly RegionEvents[]): string =>
  listed(regions.map(({ region, events }) => `${region} (${plural(events, 'event')})`));

/** Accounts that the logs hold instead: `444455556666 (1,200 events), 777788889999 (3 events) and 2 more`. */
function describeOthers(others: OtherAccounts | null): string {
  if (others === null || others.accounts === 0) return '';
  const named = others.most.map(({ accountId, events }) => `${accountId} (${plural(events, 'event')})`);
  const more = others.accounts - others.most.length;
  const accounts = listed([...named, ...(more > 0 ? [plural(more, 'more account')] : [])]);
  return ` The logs contain events of accounts that are not configured: ${accounts}. Check the account ID and the source of the logs.`;
}
