import { ownerEmail, roleList, type Profile } from './types.js';

/**
 * Lumos developer documentation, "Flat File (CSV)": unique ID, names, email address, status; other columns are
 * attributes. A row needs an email address, or first and last name: a principal without email has its account and
 * name.
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
