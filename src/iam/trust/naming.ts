import { accountInArn } from '../../base/arn.js';
import type { Principal, TrustKind } from '../types.js';

/** Unique ids of users and roles (IAM identifiers: Understanding unique ID prefixes). */
const UNIQUE_ID = /^A(?:IDA|ROA)[A-Z0-9]+$/;

const accounts = new WeakMap<Principal, string>();

/** The account in the ARN of a user or role, which is right even if a file has principals of other accounts. */
export function accountOf(principal: Principal): string {
  let account = accounts.get(principal);
  if (account === undefined) {
    const id = accountInArn(principal.arn);
    accounts.set(principal, (account = /^\d{12}$/.test(id) ? id : principal.accountId));
  }
  return account;
}

export interface Named {
  readonly kind: TrustKind;
  readonly accountId: string | null;
}

/** One value of `Principal: {AWS: …}`. */
export interface Trusted extends Named {
  readonly value: string;
}

/** Interprets a value of `Principal: {AWS: …}` (AWS JSON policy elements: Principal). */
export function nameAws(value: string): Named {
  if (value === '*') return { kind: 'everyone', accountId: null };
  if (/^\d{12}$/.test(value)) return { kind: 'account', accountId: value };
  if (UNIQUE_ID.test(value)) return { kind: 'deleted', accountId: null };
  const arn = /^arn:[^:]+:(iam|sts)::(\d{12}):(.+)$/.exec(value);
  if (arn === null) return { kind: 'other', accountId: null };
  const [, service, accountId = null, rest = ''] = arn;
  return { kind: kindOf(`${service}:${rest}`), accountId };
}

function kindOf(name: string): TrustKind {
  if (name === 'iam:root') return 'account';
  if (name.startsWith('iam:user/')) return 'user';
  if (name.startsWith('iam:role/')) return 'role';
  return /^sts:assumed-role\/[^/]+\/./.test(name) ? 'session' : 'other';
}

/** Interprets a value of any type of `Principal`: `AWS`, `Service`, `Federated`, `CanonicalUser`. */
export function nameOf(principalType: string, value: string): Named {
  if (principalType === 'AWS') return nameAws(value);
  if (principalType === 'Service') return { kind: 'service', accountId: null };
  if (principalType === 'Federated') {
    return { kind: 'federated', accountId: /^arn:[^:]+:iam::(\d{12}):/.exec(value)?.[1] ?? null };
  }
  return { kind: 'other', accountId: null };
}

/** How a value names a user or role: as everyone, by its own ARN or ID, by one of its sessions, or by its account. */
export type Naming = 'everyone' | 'itself' | 'session' | 'account' | 'none';

export function naming({ value, kind, accountId }: Trusted, source: Principal): Naming {
  if (kind === 'everyone') return 'everyone';
  if (value === source.arn || (source.id !== '' && value === source.id)) return 'itself';
  if (accountId !== accountOf(source)) return 'none';
  if (kind === 'account') return 'account';
  const role = kind === 'session' ? value.split('/')[1] : undefined;
  return source.type === 'role' && role === source.name ? 'session' : 'none';
}
