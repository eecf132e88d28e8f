import { nameInArn } from '../../base/arn.js';
import type { Principal, TrustEntry } from '../../iam/types.js';
import type { Actor, AssumptionRow } from '../../trail/types.js';

/** Finds a user or role of the configured accounts by ARN or unique ID. */
export type FindPrincipal = (arnOrId: string) => Principal | undefined;

/** An index can hold names and IDs of callers in lower case. */
const same = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** Callers that a trust policy names under `AWS`. */
const AWS_KINDS: ReadonlySet<Actor['kind']> = new Set([
  'user',
  'role',
  'root',
  'federated',
  'external',
  'unknown',
]);
const SAML_KINDS: ReadonlySet<Actor['kind']> = new Set(['saml', 'identity-center']);

/**
 * Sessions of a role that one entry of its trust policy may have allowed: if the logs do not decide, they count, so
 * that no used entry is called unused.
 */
export function sessionsOf(
  entry: TrustEntry,
  entries: readonly TrustEntry[],
  rows: readonly AssumptionRow[],
  find: FindPrincipal,
): readonly AssumptionRow[] {
  const matches = (row: AssumptionRow): boolean => mayBe(entry, entries, row.source, find);
  return rows.filter((row) => matches(row) !== entry.inverted);
}

function mayBe(
  entry: TrustEntry,
  entries: readonly TrustEntry[],
  source: Actor,
  find: FindPrincipal,
): boolean {
  switch (entry.kind) {
    case 'everyone':
      return true;
    case 'account':
      return AWS_KINDS.has(source.kind) && source.accountId === entry.accountId;
    case 'user':
    case 'role':
      return mayBePrincipal(entry, source, find);
    case 'session':
      return mayBeSession(entry, source, find);
    case 'deleted':
      return same(source.id, entry.value);
    case 'service':
      return source.kind === 'service' && (isUnnamed(source) || host(source.arn) === host(entry.value));
    case 'federated':
      return mayBeFederated(entry, entries, source);
    case 'other':
      return same(source.arn, entry.value);
  }
}

/** A trust policy stores the unique ID behind an ARN: a principal re-created under an old name is another one. */
function mayBePrincipal(entry: TrustEntry, source: Actor, find: FindPrincipal): boolean {
  const known = source.id === null ? undefined : find(source.id);
  if (known !== undefined) return known.arn === entry.value;
  const today = find(entry.value);
  if (today !== undefined && today.id !== '' && source.id !== null) return false;
  return same(source.arn, entry.value) || isStranger(entry, source);
}

/** The logs of the role's account have only the unique ID of a caller in another account (CloudTrail: AWSAccount). */
function isStranger(entry: TrustEntry, source: Actor): boolean {
  if (source.kind !== 'external' || source.accountId !== entry.accountId) return false;
  const otherType = entry.kind === 'user' ? 'AROA' : 'AIDA';
  return source.id?.toUpperCase().startsWith(otherType) !== true;
}

/** Rows have the role of the calling session, not the session. */
function mayBeSession(entry: TrustEntry, source: Actor, find: FindPrincipal): boolean {
  if (source.accountId !== entry.accountId) return false;
  const role = (source.id === null ? undefined : find(source.id))?.arn ?? source.arn;
  if (role.includes(':role/')) return same(nameInArn(role), entry.value.split('/')[1] ?? '');
  return isStranger(entry, source);
}

/** AWS services whose records do not say which one. */
const isUnnamed = (source: Actor): boolean =>
  same(source.arn, 'aws-service') || same(source.arn, 'AWS Internal');

/** `states.eu-west-1.amazonaws.com.cn` -> `states.amazonaws.com`. */
const host = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.cn$/, '')
    .replace(/\.[a-z]{2}(?:-[a-z]+)+-\d+(?=\.amazonaws\.com$)/, '');

/** `arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com` -> host and path of the provider. */
const providerOf = (value: string): string => value.replace(/^arn:[^/]*:oidc-provider\//, '').toLowerCase();

export const isSaml = (entry: TrustEntry): boolean => entry.value.includes(':saml-provider/');

function mayBeFederated(entry: TrustEntry, entries: readonly TrustEntry[], source: Actor): boolean {
  if (isSaml(entry) ? !SAML_KINDS.has(source.kind) : source.kind !== 'web-identity') return false;
  const named = (e: TrustEntry): boolean => source.arn.toLowerCase().includes(providerOf(e.value));
  if (named(entry)) return true;
  const namesAnother = entries.some((e) => e.kind === 'federated' && named(e));
  return !namesAnother && !/:(?:oidc|saml)-provider\//.test(source.arn);
}
