import { compareBy } from '../base/compare.js';
import type { Exemption } from '../config/types.js';
import type { Credentials } from '../iam/credentials.js';
import type { Principal, TrustEntry } from '../iam/types.js';
import { managerOf } from './managed-roles.js';
import type { PrincipalReview } from './types.js';

/** Whether a person or a program uses a principal, if the files show it. Never guessed from a name. */
export function humanOf(
  principal: Principal,
  trust: readonly TrustEntry[],
  credentials: Credentials | null,
): PrincipalReview['human'] {
  if (principal.type === 'user') {
    if (credentials === null) return 'unknown';
    if (credentials.console || credentials.mfa) return 'yes';
    return credentials.activeKeys > 0 ? 'no' : 'unknown';
  }
  const manager = managerOf(principal);
  if (manager !== null) return manager.kind === 'permission-set' ? 'yes' : 'no';
  if (trust.length === 0 || trust.some(({ inverted }) => inverted)) return 'unknown';
  if (trust.every(({ kind }) => kind === 'service')) return 'no';
  return trust.every(({ kind, value }) => kind === 'federated' && value.includes(':saml-provider/'))
    ? 'yes'
    : 'unknown';
}

/** Owner of a principal: from its tag, its exemption, or the configuration of its account. */
export function ownerOf(
  { tags }: Principal,
  keys: readonly string[],
  exemption: Exemption | null,
  account: string | undefined,
): PrincipalReview['owner'] {
  for (const wanted of keys) {
    const found = Object.entries(tags)
      .filter(([key, value]) => key.toLowerCase() === wanted.toLowerCase() && value.trim() !== '')
      .sort(compareBy(([key]) => key))[0];
    if (found !== undefined) return { name: found[1], source: `tag:${found[0]}` };
  }
  if (exemption !== null) return { name: exemption.owner, source: `exemption:${exemption.id}` };
  return account === undefined ? null : { name: account, source: 'account' };
}

/** Last use of a principal in AWS's own records, up to the end of the period; null if unknown. */
export function witnessOf(
  principal: Principal,
  credentials: Credentials | null,
  end: string,
): PrincipalReview['awsLastUsed'] {
  const at = principal.type === 'role' ? principal.lastUsed : (credentials?.lastUsed ?? null);
  if (at === null || at >= end) return null;
  return { at, source: principal.type === 'role' ? 'iam' : 'credential-report' };
}
