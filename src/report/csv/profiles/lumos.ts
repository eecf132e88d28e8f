import { ownerEmail, roleList, type Profile } from './types.js';

/**
 * Lumos developer documentation, "Flat File (CSV)": a unique id, names, mail address, status; more columns are attributes.
 * A row needs a mail address, or a first and a last name: for a principal that has none, its account and its name.
 */
export const lumos: Profile = [
  ['Unique ID', (p) => p.arn],
  ['First Name', (p) => p.accountName],
  ['Last Name', (p) => p.name],
  ['Email', ownerEmail],
  ['Status', () => 'ACTIVE'],
  ['Role', roleList],
  ['Type', (p) => p.type],
  ['Suggestion', (p) => p.suggestion.decision],
];
