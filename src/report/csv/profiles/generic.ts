import { ownerEmail, roleList, type Profile } from './types.js';

/** A short access list for tools that let you map columns. */
export const generic: Profile = [
  ['unique_id', (p) => p.arn],
  ['account_id', (p) => p.accountId],
  ['account_name', (p) => p.accountName],
  ['username', (p) => p.name],
  ['type', (p) => p.type],
  ['human', (p) => p.human],
  ['owner', (p) => p.owner?.name ?? null],
  ['owner_email', ownerEmail],
  ['permissions', roleList],
  ['admin', (p) => p.tags.includes('admin')],
  ['status', () => 'active'],
  ['created_at', (p) => p.createdAt],
  ['last_activity_at', (p) => p.lastActivity ?? p.awsLastUsed?.at ?? null],
  ['mfa', (p) => p.credentials?.mfa ?? null],
  ['suggestion', (p) => p.suggestion.decision],
];
