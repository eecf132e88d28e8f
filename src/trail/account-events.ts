import { compareText } from '../base/compare.js';
import { MAX_OTHER_ACCOUNTS, type OtherAccounts, type RegionEvents } from './evidence.js';

/** @param events by Region */
export const regionsOf = (events: ReadonlyMap<string, number>): RegionEvents[] =>
  [...events]
    .filter(([, count]) => count > 0)
    .map(([region, count]) => ({ region, events: count }))
    .sort((a, b) => compareText(a.region, b.region));

/** @param events by account ID, of accounts that are not in scope */
export const othersOf = (events: ReadonlyMap<string, number>): OtherAccounts => ({
  accounts: events.size,
  most: [...events]
    .map(([accountId, count]) => ({ accountId, events: count }))
    .sort((a, b) => b.events - a.events || compareText(a.accountId, b.accountId))
    .slice(0, MAX_OTHER_ACCOUNTS),
});
