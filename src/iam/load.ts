import { accountInArn } from '../base/arn.js';
import { basename } from 'node:path';
import { describeError } from '../base/describe-error.js';
import { decodeText } from '../base/decode-text.js';
import { JsonError, parseJson } from '../base/json.js';
import { readRegularFile } from '../base/read-file.js';
import { parseCredentialReport, type Credentials } from './credentials.js';
import { IamFileError, type IamFileType, type IamWarning } from './faults.js';
import { parseManagedPolicies, type ManagedPolicies } from './managed.js';
import { parseAuthorizationDetails } from './parse.js';
import { parseScpLevel, type ScpLevel } from './scp.js';
import type { IamAccount, Policy } from './types.js';

/**
 * Reads the authorization details of one account (`aws iam get-account-authorization-details`), and missing managed
 * policies from the files of `boundary` (see `parseManagedPolicies`).
 * @throws IamFileError if a file is unreadable or not such a file of this account
 */
export async function loadIamAccount(
  file: string,
  account: { readonly id: string; readonly name: string; readonly boundary?: readonly string[] },
): Promise<IamAccount> {
  const json = await readJson(file, 'authorization-details');
  return parseAuthorizationDetails(json, file, account, await loadDocuments(account.boundary ?? []));
}

/**
 * Reads the SCPs of an account, one file per level of the organization (see `parseScpLevel`).
 * @throws IamFileError if a file is unreadable or has no SCPs
 */
export async function loadScps(files: readonly string[]): Promise<readonly ScpLevel[]> {
  const levels: ScpLevel[] = [];
  for (const file of files) levels.push(parseScpLevel(await readJson(file, 'scp'), file, basename(file)));
  return levels;
}

/**
 * Reads the credential report of an account. A row of an earlier user with the same name is ignored.
 * @returns by user ARN, and warnings about rows and users without a match
 * @throws IamFileError if the file is unreadable or not a credential report
 */
export async function loadCredentials(
  file: string,
  account: IamAccount,
): Promise<{ readonly byArn: ReadonlyMap<string, Credentials>; readonly warnings: readonly IamWarning[] }> {
  const { rows, warnings } = parseCredentialReport(await readText(file, 'credential-report'), file);
  const read = new Map(rows.map((row) => [row.arn, row]));
  const [other] = rows.map(({ arn }) => accountInArn(arn));
  if (other !== undefined && !rows.some(({ arn }) => accountInArn(arn) === account.id))
    throw new IamFileError(file, 'credential-report', {
      kind: 'other-account',
      accounts: [other],
      expected: { id: account.id, name: account.name },
    });
  const byArn = new Map<string, Credentials>();
  const users: string[] = [];
  for (const { type, arn, name, createdAt } of account.principals) {
    if (type !== 'user') continue;
    const row = read.get(arn);
    if (row !== undefined && (createdAt === null || row.createdAt === null || row.createdAt === createdAt))
      byArn.set(arn, signInOf(row));
    else users.push(name);
  }
  return {
    byArn,
    warnings:
      users.length === 0
        ? warnings
        : [...warnings, { kind: 'users-without-row', file: basename(file), users }],
  };
}

const signInOf = ({
  console,
  mfa,
  activeKeys,
  oldestKeySince,
  lastUsed,
  lastUsedService,
}: Credentials): Credentials => ({
  ...{ console, mfa, activeKeys, oldestKeySince, lastUsed, lastUsedService },
});

async function loadDocuments(files: readonly string[]): Promise<ManagedPolicies> {
  const all = new Map<string, Policy>();
  for (const file of files) {
    for (const [arn, policy] of parseManagedPolicies(await readJson(file, 'policy-documents'), file))
      all.set(arn, policy);
  }
  return all;
}

async function readJson(file: string, type: IamFileType): Promise<unknown> {
  const text = await readText(file, type);
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof JsonError
      ? new IamFileError(file, type, { kind: 'not-json', problem: error.message })
      : error;
  }
}

async function readText(file: string, type: IamFileType): Promise<string> {
  try {
    return decodeText(await readRegularFile(file));
  } catch (error) {
    throw new IamFileError(file, type, { kind: 'unreadable', reason: describeError(error) });
  }
}
