import {
  add,
  addAll,
  count,
  countRange,
  emptySet,
  has,
  intersect,
  members,
  union,
} from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import { suggestPolicies } from '../iam/suggest.js';
import type { Grants, Principal } from '../iam/types.js';
import type { Period } from '../period.js';
import type { AccountCoverage, ActivityRow } from '../trail/types.js';
import { decide } from './decide.js';
import { creditActivity, statuses, type Credits, type Statuses } from './status.js';
import { whyUngranted } from './why.js';
import type { PrincipalReview, ServiceReview, State, Suggestion, UsedAction } from './types.js';

export interface PrincipalInput {
  readonly catalog: Catalog;
  readonly principal: Principal;
  readonly accountName: string;
  readonly grants: Grants;
  readonly rows: readonly ActivityRow[];
  readonly coverage: AccountCoverage | undefined;
  /** Event sources (`s3.amazonaws.com`) or IAM prefixes whose data events are logged for the account. */
  readonly dataEvents: readonly string[];
  readonly period: Period;
  readonly sessionsStarted: number;
  readonly origins: PrincipalReview['origins'];
  readonly people: PrincipalReview['people'];
  /** Why the trail's answers for this account are not whole. */
  readonly trailGaps: readonly string[];
  readonly exemption: PrincipalReview['exemption'];
}

/** Compares what one principal may do with what it did. */
export function reviewPrincipal(input: PrincipalInput): PrincipalReview {
  const { catalog, principal, grants, rows } = input;
  const name = (action: number): string => catalog.actions[action] ?? '';
  const credit = creditActivity(catalog, grants.granted, rows);
  const status = statuses(catalog, grants.granted, credit.used, input.dataEvents);
  const succeeded = rows.filter((row) => row.outcome === 'succeeded');
  const lastActivity = succeeded.reduce<string | null>(
    (last, row) => (last === null || row.last > last ? row.last : last),
    null,
  );
  const reasons = [...input.trailGaps, ...grantGaps(principal)];
  const state: State = reasons.length > 0 ? 'incomplete' : succeeded.length > 0 ? 'active' : 'inactive';
  const services = reviewServices(catalog, grants, status, credit);
  const keep = keepSets(catalog, grants, status, credit);
  const counts = {
    granted: count(grants.granted),
    used: count(status.used),
    unused: count(status.unused),
    unknown: count(status.unknown),
    ungranted: count(status.ungranted),
    denied: total(credit.denied.values()),
    failed: total([...credit.failed.values()].map((entry) => entry.count)),
    servicesGranted: services.filter((service) => service.granted > 0).length,
    servicesUsed: services.filter((service) => service.used > 0).length,
  };
  const verdict = decide({
    principal,
    state,
    incompleteReasons: reasons,
    coverage: input.coverage,
    period: input.period,
    granted: counts.granted,
    used: counts.used,
    excess: counts.granted - count(keep.cautious),
    sessionsStarted: input.sessionsStarted,
  });
  const suggestion: Suggestion = {
    ...verdict,
    ...(verdict.decision === 'reduce'
      ? suggestPolicies(principal, keep, catalog)
      : { strict: [], cautious: [], observed: [] }),
    actionsRemoved: verdict.decision === 'reduce' ? counts.granted - count(keep.cautious) : 0,
    changes: [],
  };
  const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const use = (action: number): UsedAction => {
    const found = credit.used.get(action);
    if (found === undefined) throw new Error(`no use recorded for ${name(action)}`);
    return { action: name(action), count: found.count, firstUsed: found.first, lastUsed: found.last };
  };
  return {
    arn: principal.arn,
    id: principal.id,
    type: principal.type,
    name: principal.name,
    path: principal.path,
    accountId: principal.accountId,
    accountName: input.accountName,
    createdAt: principal.createdAt,
    lastActivity,
    state,
    tags: tagsOf(principal, grants, input),
    groups: principal.type === 'user' ? principal.groups.toSorted(byName) : [],
    policiesAttached: policyNames(principal, 'managed'),
    policiesInline: policyNames(principal, 'inline'),
    boundary: boundaryName(principal),
    missingPolicies: principal.missingPolicies.toSorted(byName),
    counts,
    services,
    used: [...members(status.used)].map((action) => ({
      ...use(action),
      conditional: has(grants.conditional, action),
      resourceLimited: has(grants.resourceLimited, action),
      grantedBy: grants.grantedBy(action),
    })),
    ungranted: [...members(status.ungranted)].map((action) => ({
      ...use(action),
      why: whyUngranted(grants.explain(action), principal),
    })),
    unused: [...members(status.unused)].map(name),
    unknown: [...members(status.unknown)].map(name),
    unknownNotLogged: [],
    removed: {
      denied: count(grants.removed.denied),
      outsideScp: count(grants.removed.outsideScp),
      outsideBoundary: count(grants.removed.outsideBoundary),
    },
    risks: [],
    people: input.people,
    origins: input.origins,
    trust: [],
    denied: [...credit.denied]
      .map(([action, times]) => ({ action, count: times }))
      .sort((a, b) => byName(a.action, b.action)),
    failed: [...credit.failed]
      .map(([action, entry]) => ({
        action,
        count: entry.count,
        errorCodes: [...entry.errorCodes].sort(byName),
      }))
      .sort((a, b) => byName(a.action, b.action)),
    unmappedEvents: [...credit.unmapped.values()].sort(
      (a, b) => byName(a.eventSource, b.eventSource) || byName(a.eventName, b.eventName),
    ),
    grantedBy: (action) => {
      const index = catalog.indexOf(action);
      return index === undefined || !has(grants.granted, index) ? [] : grants.grantedBy(index);
    },
    suggestion,
    exemption: input.exemption,
  };
}

/**
 * strict: what was used. cautious: also what CloudTrail would not have recorded in services that were used, and what was
 * tried without success (failed or denied though granted: its callers may need it).
 */
function keepSets(
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
    if (countRange(status.used, service.from, service.to) === 0) continue;
    for (const action of members(status.unknown, service.from, service.to)) add(cautious, action);
  }
  return { strict: status.used, cautious };
}

function reviewServices(
  catalog: Catalog,
  grants: Grants,
  status: Statuses,
  credit: Credits,
): ServiceReview[] {
  const reviews: ServiceReview[] = [];
  const involved = addAll(union(grants.granted, status.ungranted), status.used);
  for (const { prefix, from, to } of catalog.services) {
    if (countRange(involved, from, to) === 0) continue;
    let lastUsed: string | null = null;
    for (const action of members(union(status.used, status.ungranted), from, to)) {
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
      grantedBy: grantedByOf(grants, from, to),
    });
  }
  return reviews;
}

function grantedByOf(grants: Grants, from: number, to: number): string[] {
  const names = new Set<string>();
  for (const action of members(grants.granted, from, to)) {
    for (const name of grants.grantedBy(action)) names.add(name);
  }
  return [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function grantGaps(principal: Principal): string[] {
  const gaps = principal.missingPolicies.map(
    (arn) => `the document of ${arn} is not in the authorization details`,
  );
  if (principal.boundary.kind === 'missing') {
    gaps.push(
      `the document of the permissions boundary ${principal.boundary.arn} is not in the authorization details`,
    );
  }
  return gaps;
}

function tagsOf(principal: Principal, grants: Grants, input: PrincipalInput): string[] {
  const tags: string[] = [];
  if (grants.admin) tags.push('admin');
  if (principal.boundary.kind !== 'none') tags.push('boundary');
  if (input.exemption !== null) tags.push('exempt');
  if (principal.type === 'role' && principal.serviceLinked) tags.push('service-linked');
  return tags;
}

function policyNames(principal: Principal, kind: 'managed' | 'inline'): string[] {
  return principal.policies
    .filter(({ policy }) => policy.kind === kind)
    .map(({ policy, group }) => (group === null ? policy.name : `${group}/${policy.name}`))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function boundaryName(principal: Principal): string | null {
  const { boundary } = principal;
  if (boundary.kind === 'none') return null;
  return boundary.kind === 'missing' ? boundary.arn : boundary.policy.name;
}

const total = (numbers: Iterable<number>): number => [...numbers].reduce((sum, n) => sum + n, 0);
