import type { PrincipalType } from '../iam/types.js';

/** Paths of files in a report, relative to it. */

/** A file name from an ID: letters, digits, `_` and `-` only. */
export const fileName = (id: string): string => id.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 128);

export const principalPath = (p: { accountId: string; type: PrincipalType; id: string }): string =>
  `accounts/${fileName(p.accountId)}/${p.type}s/${fileName(p.id)}.html`;

/** A page with principals of an account; the first is the page of the account. */
export const accountPath = (accountId: string, page = 1): string =>
  `accounts/${fileName(accountId)}/${page === 1 ? 'index' : `page-${page}`}.html`;

/** Page with a list of granted actions. */
export const servicePath = (service: string, hash: string): string =>
  `services/${fileName(service)}-${hash}.html`;

export const principalsPath = (accountId: string): string => `json/${fileName(accountId)}/principals.ndjson`;
export const assumptionsPath = (accountId: string): string =>
  `json/${fileName(accountId)}/assumptions.ndjson`;
export const privilegesPath = (accountId: string): string => `csv/privileges/${fileName(accountId)}.csv`;

/** @param part after the ID: '' or `.strict-1` */
export const policyPath = (p: { accountId: string; id: string }, part: string): string =>
  `policies/${fileName(p.accountId)}/${fileName(p.id)}${part}.json`;
