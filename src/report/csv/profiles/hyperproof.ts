import { accountAndName, ownerEmail, roleList, type Profile } from './types.js';

/** Hyperproof documentation, "Importing a list of application users from a CSV file". */
export const hyperproof: Profile = [
  ['Email', ownerEmail],
  ['Username', accountAndName],
  ['Owner', (p) => (ownerEmail(p) === null ? (p.owner?.name ?? null) : null)],
  ['Role', (p) => (p.tags.includes('admin') ? 'administrator' : p.type)],
  ['Groups', roleList],
];
