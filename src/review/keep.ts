import { add, countRange, emptySet, has, intersect, members, union } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Grants } from '../iam/types.js';
import type { Credits, Statuses } from './status.js';

/**
 * strict: what was used. cautious: also what CloudTrail would not have recorded in services that were used, and what was
 * tried without success (failed or denied though granted: its callers may need it). Of a service where nothing that is
 * granted would have been recorded, nobody knows whether it was used: what policies grant by its name stays too.
 */
export function keepSets(
  catalog: Catalog,
  grants: Grants,
  status: Statuses,
  credit: Credits,
): { strict: ActionSet; cautious: ActionSet } {
  const tried = emptySet(catalog.actions.length);
  for (const action of [...credit.denied.keys(), ...credit.failed.keys()]) {
    const index = catalog.indexOf(action);
    if (index !== undefined) add(tried, index);
  }
  const cautious = union(status.used, intersect(tried, grants.granted));
  for (const service of catalog.services) {
    const { from, to } = service;
    const isUsed = countRange(status.used, from, to) > 0;
    if (!isUsed && countRange(status.unused, from, to) > 0) continue;
    for (const action of members(status.unknown, from, to)) {
      if (isUsed || has(grants.named, action)) add(cautious, action);
    }
  }
  return { strict: status.used, cautious };
}
