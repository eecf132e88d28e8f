import { accountInArn, partitionInArn } from '../base/arn.js';
import { compareText } from '../base/compare.js';
import type { Catalog } from '../catalog/types.js';
import type { Pass } from '../iam/suggest.js';
import type { Principal } from '../iam/types.js';
import { addCounts } from '../trail/aggregate.js';
import { callName } from './call-name.js';
import { provesPermission } from './error-codes.js';
import type { ExplainedCall } from './explained-calls.js';
import type { PassedRoleReview } from './principal-parts.js';
import { isProfile, type RoleNames } from './role-names.js';

/**
 * Roles in the requests of successful calls, by role and call. Passing a role is part of the call and has no event of
 * its own (IAM User Guide: Grant a user permissions to pass a role to an AWS service).
 */
export function passedRoles(
  catalog: Catalog,
  calls: readonly ExplainedCall[],
  names: RoleNames,
): PassedRoleReview[] {
  const byKey = new Map<string, PassedRoleReview>();
  for (const row of calls) {
    if (row.outcome !== 'succeeded') continue;
    const call = callName(catalog, row.evidence.own, row);
    for (const { role: named, count, first, last } of row.roles) {
      const role = names.find(named) ?? named;
      const instanceProfile = isProfile(named) ? named : null;
      const passedTo = row.evidence.shown.find((shown) => shown.role === named)?.passedTo ?? [];
      const key = [role, instanceProfile ?? '', call, ...passedTo].join('\n');
      const passed = { role, instanceProfile, call, passedTo: [...passedTo], count, first, last };
      const before = byKey.get(key);
      byKey.set(key, before === undefined ? passed : addCounts(before, passed));
    }
  }
  return [...byKey.values()].sort(
    (a, b) =>
      compareText(a.role, b.role) ||
      compareText(a.call, b.call) ||
      compareText(a.instanceProfile ?? '', b.instanceProfile ?? ''),
  );
}

/** Whether the requests of all calls that were allowed name every role that they passed. */
export const namesAllRoles = (calls: readonly ExplainedCall[]): boolean =>
  calls.every((call) => !wasAllowed(call) || (call.evidence.rolesNamed && call.rolesComplete));

const wasAllowed = ({ outcome, eventSource, errorCode }: ExplainedCall): boolean =>
  outcome === 'succeeded' || (outcome === 'failed' && provesPermission(eventSource, errorCode));

/** What iam:PassRole of the principal was used for; empty if not all roles are known. */
export function passesOf(
  { arn }: Pick<Principal, 'arn'>,
  calls: readonly ExplainedCall[],
  names: RoleNames,
): readonly Pass[] {
  if (!namesAllRoles(calls)) return [];
  const partition = partitionInArn(arn);
  const passes = new Map<string, readonly string[]>();
  for (const call of calls.filter(wasAllowed)) {
    for (const { role: named, passedTo } of call.evidence.shown) {
      if (named === null) continue;
      const roles = rolesOf(named, names, `arn:${partition}:iam::${accountInArn(arn)}:role/`);
      if (roles === null) return [];
      // Service principals differ in other partitions (ec2.amazonaws.com.cn), and AWS does not list them.
      const isListed = partition === 'aws' || partition === 'aws-us-gov';
      for (const role of roles) {
        // A role that trusts none of them is for another principal of the service (monitoring.rds.amazonaws.com).
        const services = isListed && names.trusts(role, passedTo) ? passedTo : [];
        passes.set(role, mergeServices(passes.get(role), services));
      }
    }
  }
  return Array.from(passes, ([role, services]) => ({ role, services }));
}

/** Of a role with unknown services, all are unknown. */
function mergeServices(
  before: readonly string[] | undefined,
  services: readonly string[],
): readonly string[] {
  if (before === undefined) return services;
  return before.length === 0 || services.length === 0 ? [] : [...new Set([...before, ...services])].sort();
}

/**
 * ARNs or patterns of a role for a policy; null if it is unknown.
 * @param prefix of the ARNs of roles in the account of the principal
 */
function rolesOf(named: string, names: RoleNames, prefix: string): readonly string[] | null {
  const role = names.find(named) ?? named;
  // Text from a record must not become a wildcard or a policy variable.
  if (isProfile(role) || /[*?$]/.test(role)) return null;
  if (role.startsWith(prefix)) return [role];
  // A role is passed only to a service in its own account.
  if (role.startsWith('arn:')) return [];
  const name = role.replace(/^role\//, '');
  return name.includes('/') ? [`${prefix}${name}`] : [`${prefix}${name}`, `${prefix}*/${name}`];
}
