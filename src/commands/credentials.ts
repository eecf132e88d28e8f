import type { AccountConfig } from '../config/types.js';
import type { Credentials } from '../iam/credentials.js';
import { loadCredentials } from './iam-files.js';
import type { IamAccount } from '../iam/types.js';

/**
 * Reads the configured credential reports; problems with rows become warnings of the account.
 * @returns by user ARN
 */
export async function loadAllCredentials(
  configured: readonly AccountConfig[],
  accounts: readonly IamAccount[],
): Promise<{ readonly iam: readonly IamAccount[]; readonly credentials: ReadonlyMap<string, Credentials> }> {
  const credentials = new Map<string, Credentials>();
  const iam: IamAccount[] = [];
  for (const account of accounts) {
    const file = configured.find(({ id }) => id === account.id)?.credentialReport;
    if (file === undefined) {
      iam.push(account);
      continue;
    }
    const { byArn, warnings } = await loadCredentials(file, account);
    for (const [arn, one] of byArn) credentials.set(arn, one);
    iam.push({ ...account, warnings: [...account.warnings, ...warnings] });
  }
  return { iam, credentials };
}
