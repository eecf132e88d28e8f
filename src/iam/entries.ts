import { textBefore } from '../base/text-before.js';
import { append } from '../base/maps.js';
import { isObject } from '../base/is-object.js';
import { records, text, type Json } from './managed.js';
import type { Principal } from './types.js';
import { basename } from 'node:path';
import type { IamFileFault, IamWarning } from './faults.js';

const LISTS = [
  ['UserDetailList', 'UserName'],
  ['RoleDetailList', 'RoleName'],
] as const;

/** Finds what makes users and roles ambiguous; undefined if nothing does. */
export function findBadEntry(details: Json): IamFileFault | undefined {
  const places = new Map<string, string>();
  for (const [list, nameKey] of LISTS) {
    for (const [i, item] of records(details[list]).entries()) {
      const place = `${list}[${i}]`;
      const arn = text(item['Arn']);
      const name = text(item[nameKey]);
      if (arn === '') return { kind: 'no-arn', place, name };
      const before = places.get(arn);
      if (before !== undefined) return { kind: 'same-arn', arn, before, place };
      places.set(arn, place);
      if (hasBadBoundary(item)) return { kind: 'boundary-without-arn', place, arn };
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
 * Unique IDs are unique (IAM User Guide: IAM identifiers), except in edited or merged files. Principals with the
 * same ID get their name appended, so that they have separate pages and files and are distinguished by ARN.
 * @returns principals in the same order, and one warning per ID
 */
export function separateIds(
  principals: readonly Principal[],
  file: string,
): { readonly principals: readonly Principal[]; readonly warnings: readonly IamWarning[] } {
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
    warnings: shared.map(([id, sharing]) => ({
      kind: 'same-id',
      file: basename(file),
      id,
      arns: sharing.map(({ arn }) => arn),
    })),
  };
}

/** Whether events can be attributed by ID. */
export const hasUniqueId = ({ id }: Pick<Principal, 'id'>): boolean => id !== '' && !id.includes('/');

/** The ID as in events; '' if the file has none. */
export const rawIdOf = ({ id }: Pick<Principal, 'id'>): string => textBefore(id, '/');
