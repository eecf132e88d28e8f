import { editDistance } from '../../base/edit-distance.js';
import { compareText } from '../../base/compare.js';
import { UserError, type AccountConfig, type Config } from '../../config/types.js';
import type { IamAccount, Principal } from '../../iam/types.js';
import { QUERY_ERRORS, REPORT_ERRORS } from '../../wording/commands.js';

/** The account with this name or ID. @throws UserError that lists the accounts */
export function findAccount(config: Config, wanted: string | undefined): AccountConfig {
  const known = config.accounts.map(({ name, id }) => `${name} (${id})`).join(', ');
  if (wanted === undefined) throw new UserError(QUERY_ERRORS.giveAccount(known));
  const found =
    config.accounts.find(({ name }) => name === wanted) ?? config.accounts.find(({ id }) => id === wanted);
  if (found === undefined) {
    throw new UserError(REPORT_ERRORS.noAccount(config.file, wanted, known));
  }
  return found;
}

/** The user or role with this name. @throws UserError with similar names, and how to renew the file */
export function findPrincipal(
  account: IamAccount,
  type: Principal['type'],
  name: string,
  file: string,
): Principal {
  const names = account.principals.filter((principal) => principal.type === type);
  const found = names.find((principal) => principal.name === name);
  if (found !== undefined) return found;
  const close = closest(
    name,
    names.map((principal) => principal.name),
  );
  throw new UserError(QUERY_ERRORS.unknownPrincipal(type, name, account.name, close, file));
}

/** Up to three similar names, most similar first. */
function closest(wanted: string, names: readonly string[]): string[] {
  const target = wanted.toLowerCase();
  const limit = Math.max(2, Math.floor(target.length / 3));
  return names
    .map((name) => {
      const lower = name.toLowerCase();
      const inside = target.length > 2 && (lower.includes(target) || target.includes(lower));
      return { name, distance: inside ? 1 : editDistance(target, lower) };
    })
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || compareText(a.name, b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}
