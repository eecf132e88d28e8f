import { accountAndName, ownerEmail, roleList, type Profile } from './types.js';

/**
 * Vanta help center, "Access File Uploader": four columns; a person is identified by an email address that Vanta
 * knows.
 */
export const vanta: Profile = [
  ['Account name', accountAndName],
  ['Account owner', (p) => (p.human === 'no' ? 'Not a person' : (ownerEmail(p) ?? 'No owner'))],
  ['Role', roleList],
  ['Status', () => 'Active'],
];
