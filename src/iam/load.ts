import { basename } from 'node:path';
import { describeError } from '../base/describe-error.js';
import { decodeText } from '../base/decode-text.js';
import { JsonError, parseJson } from '../base/json.js';
import { readRegularFile } from '../base/read-file.js';
import { HOW_TO_EXPORT_CREDENTIALS, parseCredentialReport, type Credentials } from './credentials.js';
import { IamFileError } from './errors.js';
import { HOW_TO_EXPORT_DOCUMENTS, parseManagedPolicies, type ManagedPolicies } from './managed.js';
import { HOW_TO_EXPORT, parseAuthorizationDetails } from './parse.js';
import { HOW_TO_EXPORT_SCPS, parseScpLevel, type ScpLevel } from './scp.js';
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
  const json = await readJson(file, HOW_TO_EXPORT);
  const loaded = parseAuthorizationDetails(json, file, account, await loadDocuments(account.boundary ?? []));
  // Warnings go into the report, which must not depend on the folder; errors go to the terminal.
  return { ...loaded, warnings: loaded.warnings.map((warning) => warning.replaceAll(file, basename(file))) };
}

/**
 * Reads the SCPs of an account, one file per level of the organization (see `parseScpLevel`).
 * @throws IamFileError if a file is unreadable or has no SCPs
 */
export async function loadScps(files: readonly string[]): Promise<readonly ScpLevel[]> {
  const levels: ScpLevel[] = [];
  for (const file of files)
    levels.push(parseScpLevel(await readJson(file, HOW_TO_EXPORT_SCPS), file, basename(file)));
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
): Promise<{ readonly byArn: ReadonlyMap<string, Credentials>; readonly warnings: readonly string[] }> {
  const { rows, warnings } = parseCredentialReport(await readText(file, HOW_TO_EXPORT_CREDENTIALS), file);
  const read = new Map(rows.map((row) => [row.arn, row]));
  const other = rows[0]?.arn.split(':')[4];
  if (other !== undefined && !rows.some(({ arn }) => arn.split(':')[4] === account.id))
    throw new IamFileError(
      `${file} is of account ${other}, not ${account.id} (${account.name}). ${HOW_TO_EXPORT_CREDENTIALS}`,
    );
  const byArn = new Map<string, Credentials>();
  const without: string[] = [];
  for (const { type, arn, name, createdAt } of account.principals) {
    if (type !== 'user') continue;
    const row = read.get(arn);
    if (row !== undefined && (createdAt === null || row.createdAt === null || row.createdAt === createdAt))
      byArn.set(arn, signInOf(row));
    else without.push(name);
  }
  const named = `${without.slice(0, 5).join(', ')}${without.length > 5 ? ', …' : ''}`;
  return {
    byArn,
    warnings: [
      ...warnings.map((warning) => warning.replaceAll(file, basename(file))),
      ...(without.length === 0
        ? []
        : [
            `${basename(file)} says nothing about ${without.length} of the users (${named}): make it again, then the report.`,
          ]),
    ],
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
    for (const [arn, policy] of parseManagedPolicies(await readJson(file, HOW_TO_EXPORT_DOCUMENTS), file))
      all.set(arn, policy);
  }
  return all;
}

/** @param help how to make the file */
async function readJson(file: string, help: string): Promise<unknown> {
  const text = await readText(file, help);
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof JsonError ? new IamFileError(`${file} ${error.message}. ${help}`) : error;
  }
}

async function readText(file: string, help: string): Promise<string> {
  try {
    return decodeText(await readRegularFile(file));
  } catch (error) {
    throw new IamFileError(`${file} cannot be read (${describeError(error)}). ${help}`);
  }
}
