import { countRange, members, union } from '../catalog/action-set.js';
import type { Catalog } from '../catalog/types.js';
import type { Grants } from '../iam/types.js';
import type { Credits } from './credits.js';
import type { Statuses } from './status.js';
import type { ServiceReview } from './types.js';

/** Granted and used actions of one principal, by service. */
export function reviewServices(
  catalog: Catalog,
  grants: Grants,
  status: Statuses,
  credit: Credits,
): ServiceReview[] {
  const reviews: ServiceReview[] = [];
  const seen = union(status.used, status.ungranted);
  const involved = union(grants.granted, seen);
  for (const { prefix, from, to } of catalog.services) {
    if (countRange(involved, from, to) === 0) continue;
    let lastUsed: string | null = null;
    for (const action of members(seen, from, to)) {
      const last = credit.used.get(action)?.last;
      if (last !== undefined && (lastUsed === null || last > lastUsed)) lastUsed = last;
    }
    reviews.push({
      service: prefix,
      granted: countRange(grants.granted, from, to),
      used: countRange(status.used, from, to),
      unused: countRange(status.unused, from, to),
      unknown: countRange(status.unknown, from, to),
      ungranted: countRange(status.ungranted, from, to),
      lastUsed,
      grantedBy: grants.grantedByIn(from, to),
    });
  }
  return reviews;
}
