import { compareText } from '../base/compare.js';
import type { Catalog } from '../catalog/types.js';
import { addCounts } from '../trail/aggregate.js';
import { callName } from './call-name.js';
import type { ExplainedCall } from './explained-calls.js';
import type { PassedRoleReview } from './principal-parts.js';

/**
 * Roles in the requests of successful calls, by role and call. Passing a role is part of the call and has no event of
 * its own (IAM User Guide: Grant a user permissions to pass a role to an AWS service).
 */
export function passedRoles(catalog: Catalog, calls: readonly ExplainedCall[]): PassedRoleReview[] {
  const byKey = new Map<string, PassedRoleReview>();
  for (const row of calls) {
    if (row.outcome !== 'succeeded') continue;
    const call = callName(catalog, row.evidence.own, row);
    for (const { role, count, first, last } of row.roles) {
      const passedTo = row.evidence.shown.find((shown) => shown.role === role)?.passedTo ?? [];
      const key = [role, call, ...passedTo].join('\n');
      const passed = { role, call, passedTo: [...passedTo], count, first, last };
      const before = byKey.get(key);
      byKey.set(key, before === undefined ? passed : addCounts(before, passed));
    }
  }
  return [...byKey.values()].sort((a, b) => compareText(a.role, b.role) || compareText(a.call, b.call));
}
