import { accountAndName, ownerEmail, roleList, type Profile } from './types.js';

/** Zilla support, "CSV Apps - What Info Do I Need?": its import maps columns, so names are free. */
export const zilla: Profile = [
  ['Account ID', (p) => p.arn],
  ['Account Name', accountAndName],
  ['Permissions', roleList],
  ['Email Address', ownerEmail],
  ['Account Status', () => 'Active'],
  ['Last Login', (p) => p.lastActivity ?? p.awsLastUsed?.at ?? null],
  ['Account Type', (p) => p.type],
];
