import { basename } from 'node:path';
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
 * Reads one account's authorization details (`aws iam get-account-authorization-details`), and from the files of
 * `boundary` the documents of managed policies that these lack (see `parseManagedPolicies`).
 * @throws IamFileError when a file cannot be read, or is not such a file of this account.
 */
export async function loadIamAccount(
  file: string,
  account: { readonly id: string; readonly name: string; readonly boundary?: readonly string[] },
): Promise<IamAccount> {
  const json = await readJson(file, HOW_TO_EXPORT);
  const loaded = parseAuthorizationDetails(json, file, account, await loadDocuments(account.boundary ?? []));
  // Warnings go into the report, which is the same wherever the file lies; errors go to the terminal.
  return { ...loaded, warnings: loaded.warnings.map((warning) => warning.replaceAll(file, basename(file))) };
}

/**
 * Reads the SCPs of an account, one file for each level of the organisation (see `parseScpLevel`).
 * @throws IamFileError when a file cannot be read or does not hold SCPs
 */
export async function loadScps(files: readonly string[]): Promise<readonly ScpLevel[]> {
  const levels: ScpLevel[] = [];
  for (const file of files)
    levels.push(parseScpLevel(await readJson(file, HOW_TO_EXPORT_SCPS), file, basename(file)));
  return levels;
}

/**
 * Reads an account's credential report. A row that is of an earlier user of the same name says nothing of today's.
 * @returns by ARN of the users of `account`, and warnings about rows and users without one
 * @throws IamFileError when the file cannot be read or is no credential report
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
    throw new IamFileError(
      `${file} cannot be read (${error instanceof Error ? error.message : ''}). ${help}`,
    );
  }
}
