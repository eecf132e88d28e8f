import { append } from '../base/maps.js';
import { isObject } from '../base/is-object.js';
import { records, text, type Json } from './managed.js';
import type { Principal } from './types.js';

const LISTS = [
  ['UserDetailList', 'UserName'],
  ['RoleDetailList', 'RoleName'],
] as const;

/**
 * What makes the users and roles of authorization details ambiguous, in a sentence without its subject, with the entry's
 * place in the file; undefined where nothing does.
 */
export function findBadEntry(details: Json): string | undefined {
  const places = new Map<string, string>();
  for (const [list, nameKey] of LISTS) {
    for (const [i, item] of records(details[list]).entries()) {
      const place = `${list}[${i}]`;
      const arn = text(item['Arn']);
      const name = text(item[nameKey]);
      if (arn === '') return `has an entry without Arn: ${place}${name === '' ? '' : ` (${name})`}`;
      const before = places.get(arn);
      if (before !== undefined) return `holds ${arn} twice: ${before} and ${place}`;
      places.set(arn, place);
      if (hasBadBoundary(item))
        return `has a PermissionsBoundary without PermissionsBoundaryArn: ${place} (${arn})`;
    }
  }
  return undefined;
}

function hasBadBoundary(item: Json): boolean {
  const boundary = item['PermissionsBoundary'];
  if (boundary === undefined || boundary === null) return false;
  return !isObject(boundary) || text(boundary['PermissionsBoundaryArn']) === '';
}

/**
 * Unique ids are unique (IAM User Guide: IAM identifiers), except in files that were edited or put together by hand. Principals
 * that share one get their name behind it, so that they keep pages and files of their own and are told apart by ARN.
 * @returns the principals in their order, and one warning for each id
 */
export function separateIds(
  principals: readonly Principal[],
  file: string,
): { readonly principals: readonly Principal[]; readonly warnings: readonly string[] } {
  const byId = new Map<string, Principal[]>();
  for (const principal of principals) {
    if (principal.id === '') continue;
    append(byId, principal.id, principal);
  }
  const shared = [...byId].filter(([, sharing]) => sharing.length > 1);
  if (shared.length === 0) return { principals, warnings: [] };
  const ids = new Set(shared.map(([id]) => id));
  return {
    principals: principals.map((principal) =>
      ids.has(principal.id) ? { ...principal, id: `${principal.id}/${principal.name}` } : principal,
    ),
    warnings: shared.map(
      ([id, sharing]) =>
        `${file}: ${sharing.map(({ arn }) => arn).join(' and ')} have the same unique id ${id}: events are credited by ARN.`,
    ),
  };
}

/** Whether events can be credited by the id. */
export const hasUniqueId = ({ id }: Pick<Principal, 'id'>): boolean => id !== '' && !id.includes('/');

/** The id as AWS writes it into events; '' where the file has none. */
export const rawIdOf = ({ id }: Pick<Principal, 'id'>): string => id.split('/')[0] ?? '';
