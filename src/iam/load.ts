import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { IamFileError } from './errors.js';
import { MAKE_DOCUMENTS, parseManagedPolicies, type ManagedPolicies } from './managed.js';
import { MAKE_IT, parseAuthorizationDetails } from './parse.js';
import { MAKE_SCP, parseScpLevel, type ScpLevel } from './scp.js';
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
  const json = await readJson(file, MAKE_IT);
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
  for (const file of files) levels.push(parseScpLevel(await readJson(file, MAKE_SCP), file, basename(file)));
  return levels;
}

async function loadDocuments(files: readonly string[]): Promise<ManagedPolicies> {
  const all = new Map<string, Policy>();
  for (const file of files) {
    for (const [arn, policy] of parseManagedPolicies(await readJson(file, MAKE_DOCUMENTS), file))
      all.set(arn, policy);
  }
  return all;
}

/** @param help how to make the file */
async function readJson(file: string, help: string): Promise<unknown> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new IamFileError(
      `${file} cannot be read (${error instanceof Error ? error.message : ''}). ${help}`,
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    const where = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
    throw new IamFileError(`${file} is not JSON (${where}). ${help}`);
  }
}
