import { nameInArn } from '../base/arn.js';
import { at } from '../base/checked.js';
import { compareText } from '../base/compare.js';
import { count, has, intersect, members, subtract } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Credentials } from '../iam/credentials.js';
import { suggestPolicies } from '../iam/suggest.js';
import type { Grants, Principal } from '../iam/types.js';
import type { Period } from '../period.js';
import type { ActivityRow, RequestRow, ResourceRow } from '../trail/types.js';
import { changesOf } from './changes.js';
import { decide } from './decide.js';
import { explainCalls } from './explained-calls.js';
import { documentDigests } from './documents.js';
import type { GrantedNames } from './granted-names.js';
import { retainedActions } from './retained-actions.js';
import { observedResources } from './observed.js';
import type { AccountLogs } from './recording/account-logs.js';
import { withinRegions, type Unseen } from './recording/unseen.js';
import { mayBeUnrecorded } from './unrecorded.js';
import { reviewServices } from './services.js';
import { namesAllRoles, passedRoles, passesOf } from './passed-roles.js';
import { risksOf } from './risk.js';
import type { RoleNames } from './role-names.js';
import { creditActivity } from './credits.js';
import { actionNames, statuses } from './status.js';
import type { PrincipalReview, State, Suggestion, UsedAction } from './types.js';
import { humanOf, witnessOf } from './ownership.js';
import type { Doubt, Gap } from './reasons.js';
import { ungrantedReason } from './ungranted-reason.js';

export interface PrincipalInput {
  readonly catalog: Catalog;
  readonly principal: Principal;
  readonly accountName: string;
  readonly grants: Grants;
  readonly rows: readonly ActivityRow[];
  readonly requests: readonly RequestRow[];
  /** What the logs of the account can prove. */
  readonly logs: Pick<AccountLogs, 'days' | 'unseen' | 'regions' | 'showChanges'>;
  /** For incomplete data of the principal. */
  readonly nothingKnown: Unseen;
  /** Why its data are incomplete; empty if complete. */
  readonly gaps: readonly Gap[];
  /** Why the logs of the account are doubtful; null where they are not. */
  readonly doubt: Doubt | null;
  readonly period: Period;
  readonly sessionsStarted: number;
  readonly resources: readonly ResourceRow[];
  /** Roles of the account. */
  readonly roleNames: RoleNames;
  readonly grantedNames: GrantedNames;
  readonly weeks: PrincipalReview['weeks'];
  readonly origins: PrincipalReview['origins'];
  readonly trust: PrincipalReview['trust'];
  readonly people: PrincipalReview['people'];
  readonly exemption: PrincipalReview['exemption'];
  readonly owner: PrincipalReview['owner'];
  readonly credentials: Credentials | null;
}

/** Compares granted and used actions of one principal. */
export function reviewPrincipal(input: PrincipalInput): PrincipalReview {
  const { catalog, principal, grants, rows, gaps, logs } = input;
  const name = (action: number): string => at(catalog.actions, action);
  const calls = explainCalls(catalog, rows, input.requests);
  const credit = creditActivity(catalog, grants.granted, calls);
  const unseen = gaps.length > 0 ? input.nothingKnown : unseenOf(input);
  const status = statuses(catalog, grants.granted, credit, unseen);
  const succeeded = rows.filter((row) => row.outcome === 'succeeded');
  const state: State = gaps.length > 0 ? 'incomplete' : succeeded.length > 0 ? 'active' : 'inactive';
  const services = reviewServices(catalog, grants, status, credit);
  const keep = retainedActions(catalog, grants, status);
  const excess = subtract(grants.granted, keep.cautious);
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
    gaps,
    period: input.period,
    days: logs.days,
    doubt: input.doubt,
    attempts: { denied: callsOf(rows, 'denied'), failed: callsOf(rows, 'failed') },
    granted: counts.granted,
    used: counts.used,
    unknown: counts.unknown,
    mayBeUnrecorded: mayBeUnrecorded(input, status),
    excess: count(excess),
    unrecordedExcess: count(intersect(excess, status.unknown)),
    sessionsStarted: input.sessionsStarted,
    lastUsed: principal.type === 'role' ? principal.lastUsed : (input.credentials?.lastUsed ?? null),
  });
  const reduces = verdict.decision === 'reduce';
  const suggestion: Suggestion = {
    ...verdict,
    ...(reduces
      ? suggestPolicies(
          principal,
          keep,
          catalog,
          observedResources(catalog, calls, input.resources),
          passesOf(principal, calls, input.roleNames),
        )
      : { strict: [], cautious: [], observed: [] }),
    actionsRemoved: reduces ? count(excess) : 0,
    changes: changesOf({
      catalog,
      principal,
      granted: grants.granted,
      keep: keep.cautious,
      decision: verdict.decision,
      trust: input.trust,
    }),
  };
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
    lastActivity: lastOf(succeeded),
    lastAttempt: lastOf(rows),
    state,
    tags: tagsOf(grants, status.used, state, input),
    groups: principal.type === 'user' ? principal.groups.toSorted(compareText) : [],
    policiesAttached: policyNames(principal, 'managed'),
    policiesInline: policyNames(principal, 'inline'),
    boundary: describeBoundary(principal),
    missingPolicies: principal.missingPolicies,
    counts,
    services,
    used: members(status.used).map((action) => {
      const { allowedBy, deniedBy } = grants.explain(action);
      return {
        ...use(action),
        conditional: has(grants.conditional, action),
        resourceLimited: has(grants.resourceLimited, action),
        grantedBy: grants.grantedBy(action),
        allowedBy,
        deniedBy,
      };
    }),
    ungranted: members(status.ungranted).map((action) => ({
      ...use(action),
      why: ungrantedReason(grants.explain(action), principal),
    })),
    unused: actionNames(catalog, status.unused),
    unknown: actionNames(catalog, status.unknown),
    unknownReasons: status.why.map(({ reason, actions }) => ({
      reason,
      actions: actionNames(catalog, actions),
    })),
    removed: {
      denied: count(grants.removed.denied),
      outsideScp: count(grants.removed.outsideScp),
      outsideBoundary: count(grants.removed.outsideBoundary),
    },
    risks: risksOf(catalog, { ...status, ...grants }),
    passedRoles: passedRoles(catalog, calls, input.roleNames),
    passedRolesComplete: namesAllRoles(calls),
    people: input.people,
    origins: input.origins,
    trust: input.trust,
    weeks: input.weeks,
    denied: [...credit.denied]
      .map(([action, times]) => ({ action, count: times }))
      .sort((a, b) => compareText(a.action, b.action)),
    failed: [...credit.failed]
      .map(([action, entry]) => ({
        action,
        count: entry.count,
        errorCodes: [...entry.errorCodes].sort(compareText),
      }))
      .sort((a, b) => compareText(a.action, b.action)),
    unmappedEvents: credit.unmapped.sorted(),
    policies: () =>
      principal.policies.map(({ policy, group }) => ({
        name: group === null ? policy.name : `${group}/${policy.name}`,
        document: policy.document,
      })),
    granted: () => input.grantedNames.of(grants.granted, unseen),
    grantedBy: (action) => {
      const index = catalog.indexOf(action);
      return index === undefined || !has(grants.granted, index) ? [] : grants.grantedBy(index);
    },
    suggestion,
    exemption: input.exemption,
    owner: input.owner,
    human: humanOf(principal, input.trust, input.credentials),
    credentials: input.credentials,
    awsLastUsed: witnessOf(principal, input.credentials, input.period.end),
    documents: documentDigests(principal),
  };
}

/** Actions that the principal may use without an event in the logs of its account. */
const unseenOf = ({ grants, logs: { unseen, regions } }: PrincipalInput): Unseen =>
  regions === null ? unseen : withinRegions(unseen, grants.onlyIn(regions));

/** Why the grants of a principal are not completely known. */
export function grantGaps({ missingPolicies, boundary }: Principal): Gap[] {
  const gaps: Gap[] = missingPolicies.map((policy) => ({ kind: 'missing-policy', policy }));
  if (boundary.kind === 'missing') gaps.push({ kind: 'missing-boundary', arn: boundary.arn });
  return gaps;
}

function tagsOf(grants: Grants, used: ActionSet, state: State, input: PrincipalInput): string[] {
  const { catalog, principal, exemption } = input;
  const tags: string[] = [];
  if (grants.admin) tags.push('admin');
  const isKnown = state !== 'incomplete' && input.logs.showChanges && input.doubt === null;
  if (grants.admin && isKnown && !changesAnything(catalog, used)) tags.push('unused-admin');
  if (principal.boundary.kind !== 'none') tags.push('boundary');
  if (exemption !== null) tags.push(exemption.expired ? 'exemption-expired' : 'exempt');
  if (principal.type === 'role' && principal.serviceLinked) tags.push('service-linked');
  return tags;
}

/** Whether an action does more than list and read (access levels of the Service Authorization Reference). */
function changesAnything(catalog: Catalog, actions: ActionSet): boolean {
  for (const action of members(actions))
    if (catalog.accessLevels(action).some((level) => level !== 'List' && level !== 'Read')) return true;
  return false;
}

function policyNames(principal: Principal, kind: 'managed' | 'inline'): string[] {
  return principal.policies
    .filter(({ policy }) => policy.kind === kind)
    .map(({ policy, group }) => (group === null ? policy.name : `${group}/${policy.name}`))
    .sort(compareText);
}

function describeBoundary({ boundary }: Principal): PrincipalReview['boundary'] {
  if (boundary.kind === 'none') return null;
  const { arn, kind } = boundary;
  return { arn, name: nameInArn(arn), missing: kind === 'missing' };
}

/** Time of the last call; null for none. */
const lastOf = (rows: readonly ActivityRow[]): string | null =>
  rows.reduce<string | null>((last, row) => (last === null || row.last > last ? row.last : last), null);

const callsOf = (rows: readonly ActivityRow[], outcome: ActivityRow['outcome']): number =>
  total(rows.filter((row) => row.outcome === outcome).map((row) => row.count));

const total = (numbers: Iterable<number>): number => [...numbers].reduce((sum, n) => sum + n, 0);
