import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { IamFileError } from './errors.js';
import { MAKE_IT, parseAuthorizationDetails } from './parse.js';
import type { IamAccount } from './types.js';

/**
 * Reads one account's authorization details (`aws iam get-account-authorization-details`).
 * @throws IamFileError when the file cannot be read, or is not such a file of this account.
 */
export async function loadIamAccount(
  file: string,
  account: { readonly id: string; readonly name: string },
): Promise<IamAccount> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new IamFileError(
      `${file} cannot be read (${error instanceof Error ? error.message : ''}). ${MAKE_IT}`,
    );
  }
  const json = parseJson(text.replace(/^\uFEFF/, ''), file);
  const loaded = parseAuthorizationDetails(json, file, account);
  // Warnings go into the report, which is the same wherever the file lies; errors go to the terminal.
  return { ...loaded, warnings: loaded.warnings.map((warning) => warning.replaceAll(file, basename(file))) };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    const where = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
    throw new IamFileError(`${file} is not JSON (${where}). ${MAKE_IT}`);
  }
}
