import { nameInArn } from '../base/arn.js';
import { valueAt } from '../base/checked.js';
import { compareBy, compareText } from '../base/compare.js';
import { count, has, members } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Grants, Principal } from '../iam/types.js';
import type { ActivityRow } from '../trail/types.js';
import { compareGrantsAndCalls, type Comparison } from './comparison.js';
import type { Credits } from './credits.js';
import { documentDigests } from './documents.js';
import { readOrWrite } from './logged.js';
import { humanOf, witnessOf } from './ownership.js';
import { namesAllRoles, passedRoles } from './passed-roles.js';
import type { PrincipalInput } from './principal-input.js';
import type { Gap } from './reasons.js';
import { risksOf } from './risk.js';
import { actionNames } from './status.js';
import { suggest } from './suggestion.js';
import type { PrincipalReview, State } from './types.js';
import { ungrantedReason } from './ungranted-reason.js';
import { usedAction } from './used-actions.js';

/** Compares granted and used actions of one principal. */
export function reviewPrincipal(input: PrincipalInput): PrincipalReview {
  const { catalog, principal, grants, rows } = input;
  const comparison = compareGrantsAndCalls(input);
  const { calls, credits, statuses, state } = comparison;
  return {
    arn: principal.arn,
    id: principal.id,
    type: principal.type,
    name: principal.name,
    path: principal.path,
    accountId: principal.accountId,
    accountName: input.accountName,
    createdAt: principal.createdAt,
    lastActivity: lastOf(rows.filter((row) => row.outcome === 'succeeded')),
    lastAttempt: lastOf(rows),
    state,
    tags: listTags(input, state, statuses.used),
    groups: principal.type === 'user' ? principal.groups.toSorted(compareText) : [],
    policiesAttached: policyNames(principal, 'managed'),
    policiesInline: policyNames(principal, 'inline'),
    boundary: describeBoundary(principal),
    missingPolicies: principal.missingPolicies,
    counts: comparison.counts,
    services: comparison.services,
    used: describeUsed(input, comparison),
    ungranted: describeUngranted(input, comparison),
    unused: actionNames(catalog, statuses.unused),
    unknown: actionNames(catalog, statuses.unknown),
    unknownReasons: statuses.why.map(({ reason, actions }) => ({
      reason,
      actions: actionNames(catalog, actions),
    })),
    removed: countRemoved(grants),
    risks: risksOf(catalog, { ...statuses, ...grants }),
    passedRoles: passedRoles(catalog, calls, input.roleNames),
    passedRolesComplete: namesAllRoles(calls),
    people: input.people,
    origins: input.origins,
    trust: input.trust,
    weeks: input.weeks,
    denied: describeDenied(credits),
    failed: describeFailed(credits),
    unmappedEvents: credits.unmapped.sorted(),
    policies: () =>
      principal.policies.map((one) => ({ name: policyName(one), document: one.policy.document })),
    granted: () => input.grantedNames.of(grants.granted, input.unseen),
    grantedBy: (action) => {
      const index = catalog.indexOf(action);
      return index === undefined || !has(grants.granted, index) ? [] : grants.grantedBy(index);
    },
    suggestion: suggest(input, comparison),
    exemption: input.exemption,
    owner: input.owner,
    human: humanOf(principal, input.trust, input.credentials),
    credentials: input.credentials,
    awsLastUsed: witnessOf(principal, input.credentials, input.period.end),
    documents: documentDigests(principal),
  };
}

const describeUsed = (
  { catalog, grants }: PrincipalInput,
  { credits, statuses }: Comparison,
): PrincipalReview['used'] =>
  members(statuses.used).map((action) => {
    const { allowedBy, deniedBy } = grants.explain(action);
    return {
      ...usedAction(catalog, action, valueAt(credits.used, action)),
      conditional: has(grants.conditional, action),
      resourceLimited: has(grants.resourceLimited, action),
      grantedBy: grants.grantedBy(action),
      allowedBy,
      deniedBy,
    };
  });

const describeUngranted = (
  { catalog, grants, principal }: PrincipalInput,
  { credits, statuses }: Comparison,
): PrincipalReview['ungranted'] =>
  members(statuses.ungranted).map((action) => ({
    ...usedAction(catalog, action, valueAt(credits.used, action)),
    why: ungrantedReason(grants.explain(action), principal),
  }));

const countRemoved = ({ removed }: Grants): PrincipalReview['removed'] => ({
  denied: count(removed.denied),
  outsideScp: count(removed.outsideScp),
  outsideBoundary: count(removed.outsideBoundary),
});

const describeDenied = ({ denied }: Credits): PrincipalReview['denied'] =>
  Array.from(denied, ([action, times]) => ({ action, count: times })).sort(compareBy(({ action }) => action));

const describeFailed = ({ failed }: Credits): PrincipalReview['failed'] =>
  Array.from(failed, ([action, { count: times, errorCodes }]) => ({
    action,
    count: times,
    errorCodes: [...errorCodes].sort(compareText),
  })).sort(compareBy(({ action }) => action));

/** Why the grants of a principal are not completely known. */
export function grantGaps({ missingPolicies, boundary }: Principal): Gap[] {
  const gaps: Gap[] = missingPolicies.map((policy) => ({ kind: 'missing-policy', policy }));
  if (boundary.kind === 'missing') gaps.push({ kind: 'missing-boundary', arn: boundary.arn });
  return gaps;
}

function listTags(
  { catalog, principal, grants, exemption, logs, doubt }: PrincipalInput,
  state: State,
  used: ActionSet,
): string[] {
  const tags: string[] = [];
  if (grants.admin) tags.push('admin');
  const isKnown = state !== 'incomplete' && logs.showChanges && doubt === null;
  if (grants.admin && isKnown && !changesAnything(catalog, used)) tags.push('unused-admin');
  if (principal.boundary.kind !== 'none') tags.push('boundary');
  if (exemption !== null) tags.push(exemption.expired ? 'exemption-expired' : 'exempt');
  if (principal.type === 'role' && principal.serviceLinked) tags.push('service-linked');
  return tags;
}

const changesAnything = (catalog: Catalog, actions: ActionSet): boolean =>
  members(actions).some((action) => readOrWrite(catalog, action) === 'write');

const policyNames = (principal: Principal, kind: 'managed' | 'inline'): string[] =>
  principal.policies
    .filter(({ policy }) => policy.kind === kind)
    .map(policyName)
    .sort(compareText);

const policyName = ({ policy, group }: Principal['policies'][number]): string =>
  group === null ? policy.name : `${group}/${policy.name}`;

function describeBoundary({ boundary }: Principal): PrincipalReview['boundary'] {
  if (boundary.kind === 'none') return null;
  const { arn, kind } = boundary;
  return { arn, name: nameInArn(arn), missing: kind === 'missing' };
}

/** Time of the last call; null for none. */
const lastOf = (rows: readonly ActivityRow[]): string | null =>
  rows.reduce<string | null>((last, row) => (last === null || row.last > last ? row.last : last), null);
