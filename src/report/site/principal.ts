import type { PrincipalAssumptions, PrincipalReview, UsedGrantedAction } from '../../review/types.js';
import { fileName } from './render.js';
import {
  barWidth,
  column,
  counted,
  cut,
  grouped,
  joined,
  minute,
  percent,
  renderTable,
  type Column,
} from './table.js';
import { pages } from './templates.js';

const ROOT = '../../../';
/** Names that never happened, on one page; beyond it only services that were used keep theirs. */
const MAX_NAMES = 3000;
/** And never more than this, whatever was used: the page stays below 1 MB. */
const MAX_NAMES_EVER = 8000;
/** Idle services that still fit in one table with those in use. */
const FEW_SERVICES = 10;
/** Characters of suggested policies shown; the policy file has all. */
const MAX_POLICIES = 150_000;

const serviceOf = (action: string): string => action.slice(0, Math.max(0, action.indexOf(':')));
const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
};

/** Idle names by service, in the order of the review. */
function idleNames(p: PrincipalReview) {
  const folded = p.unused.length + p.unknown.length > MAX_NAMES;
  const unused = new Map<string, string[]>();
  const unknown = new Map<string, string[]>();
  for (const action of p.unused) push(unused, serviceOf(action), action);
  for (const action of p.unknown) push(unknown, serviceOf(action), action);
  const usedServices = new Set(p.services.filter((s) => s.used > 0).map((s) => s.service));
  let room = MAX_NAMES_EVER;
  const all = [...new Set([...unused.keys(), ...unknown.keys()])].sort().map((service) => {
    const lists = { unused: unused.get(service) ?? [], unknown: unknown.get(service) ?? [] };
    const size = lists.unused.length + lists.unknown.length;
    const names = (!folded || usedServices.has(service)) && size <= room;
    if (names) room -= size;
    return {
      service,
      ...lists,
      unusedCount: grouped(lists.unused.length),
      unknownCount: grouped(lists.unknown.length),
      size: grouped(size),
      names,
    };
  });
  return { folded, idle: all.filter((g) => g.names), idleElsewhere: all.filter((g) => !g.names) };
}

function usedByService(p: PrincipalReview) {
  const groups = new Map<string, UsedGrantedAction[]>();
  for (const action of p.used) push(groups, serviceOf(action.action), action);
  // One budget for all services, so that a page with many of them stays below 1 MB too.
  const budget = Math.floor(250_000 / Math.max(1, groups.size));
  return [...groups].map(([service, actions]) => ({
    service,
    count: grouped(actions.length),
    one: actions.length === 1,
    tableHtml: renderTable(ROOT, {
      title: `Used actions of ${service}`,
      anchor: 'used',
      sub: true,
      budget,
      more: `csv/privileges/${fileName(p.accountId)}.csv`,
      columns: [
        column('Action', 'code'),
        column('Calls', 'number'),
        column('First (UTC)', 'time'),
        column('Last (UTC)', 'time'),
        column('Limits', 'tags'),
        column('Granted by'),
      ],
      rows: actions.map((a) => [
        a.action,
        a.count,
        a.firstUsed,
        a.lastUsed,
        [...(a.conditional ? ['conditional'] : []), ...(a.resourceLimited ? ['some resources'] : [])],
        joined(a.grantedBy),
      ]),
    }),
  }));
}

function sideTables(p: PrincipalReview, assumptions: PrincipalAssumptions): string {
  const privileges = `csv/privileges/${fileName(p.accountId)}.csv`;
  const objects = `json/${fileName(p.accountId)}/principals.ndjson`;
  const action = column('Action', 'code');
  const calls = column('Calls', 'number');
  const times = [column('First (UTC)', 'time'), column('Last (UTC)', 'time')];
  const pairColumns = (other: string): Column[] => [
    column(other, 'arn'),
    column('Allowed', 'word'),
    column('Assumed', 'mark'),
    column('Sessions', 'number'),
    ...times,
    column('Actions', 'code'),
    column('Chain began with', 'arn'),
  ];
  const pairs = (list: PrincipalAssumptions['in'], other: 'sourceArn' | 'roleArn') =>
    list.map((a) => [
      a[other],
      a.allowed,
      a.assumed ? 'used' : 'unused',
      a.sessions,
      a.firstAssumed,
      a.lastAssumed,
      joined(a.actions.map((x) => `${x.action} (${grouped(x.count)})`)),
      a.origins.every((o) => o.arn === a.sourceArn)
        ? null
        : joined(a.origins.map((o) => `${o.arn} (${grouped(o.sessions)})`)),
    ]);
  return [
    renderTable(ROOT, {
      title: 'Ungranted actions',
      note: 'Used in the period; today’s policies no longer grant them.',
      anchor: 'status',
      more: privileges,
      columns: [action, column('Status', 'mark'), calls, ...times],
      rows: p.ungranted.map((a) => [a.action, 'ungranted', a.count, a.firstUsed, a.lastUsed]),
    }),
    renderTable(ROOT, {
      title: 'Denied calls',
      note: 'AWS refused these; they never count as use.',
      anchor: 'used',
      more: objects,
      columns: [action, calls],
      rows: p.denied.map((a) => [a.action, a.count]),
    }),
    renderTable(ROOT, {
      title: 'Failed calls',
      note: 'Failed for another reason, so whether the permission was there is not known.',
      anchor: 'used',
      more: objects,
      columns: [action, calls, column('Errors')],
      rows: p.failed.map((a) => [a.action, a.count, joined(a.errorCodes)]),
    }),
    renderTable(ROOT, {
      title: 'Unmapped events',
      note: 'No IAM action could be found for these calls.',
      anchor: 'unmapped',
      more: objects,
      columns: [column('Event', 'code'), column('Source', 'code'), calls],
      rows: p.unmappedEvents.map((e) => [e.eventName, e.eventSource, e.count]),
    }),
    renderTable(ROOT, {
      title: `Roles this ${p.type} may assume or assumed`,
      anchor: 'assumptions',
      more: 'csv/assumptions.csv',
      columns: pairColumns('Role'),
      rows: pairs(assumptions.out, 'roleArn'),
    }),
    renderTable(ROOT, {
      title: 'Who may assume or assumed this role',
      anchor: 'assumptions',
      more: 'csv/assumptions.csv',
      columns: pairColumns('Source'),
      rows: pairs(assumptions.in, 'sourceArn'),
    }),
  ].join('');
}

function policies(p: PrincipalReview) {
  let room = MAX_POLICIES;
  return (['cautious', 'strict'] as const)
    .map((kind) => ({
      kind,
      open: kind === 'cautious',
      meaning:
        kind === 'cautious'
          ? 'keeps what was used, and what nobody can know about in services that were used'
          : 'keeps only what was used',
      policies: p.suggestion[kind].map((s) => {
        const json = JSON.stringify(s.document, null, 2);
        room -= json.length;
        return { name: cut(s.name), size: grouped(s.size), json: room >= 0 ? json : null };
      }),
    }))
    .filter((k) => k.policies.length > 0);
}

/** Services in use first; a long tail of idle ones is folded away. */
function services(p: PrincipalReview) {
  const table = (title: string, list: PrincipalReview['services'], sub: boolean): string =>
    renderTable(ROOT, {
      title,
      sub,
      anchor: 'status',
      budget: 150_000,
      more: 'csv/services.csv',
      columns: [
        column('Service', 'code'),
        column('Used', 'share'),
        column('Granted', 'number'),
        column('✓ Used', 'number'),
        column('− Unused', 'number'),
        column('? Unknown', 'number'),
        column('+ Ungranted', 'number'),
        column('Last used (UTC)', 'time'),
        column('Granted by'),
      ],
      rows: list.map((s) => [
        s.service,
        { used: s.used, of: s.granted },
        s.granted,
        s.used,
        s.unused,
        s.unknown,
        s.ungranted,
        s.lastUsed,
        joined(s.grantedBy),
      ]),
    });
  const seen = p.services.filter((s) => s.used + s.ungranted > 0);
  const idle = p.services.filter((s) => s.used + s.ungranted === 0);
  if (idle.length <= FEW_SERVICES) return { servicesHtml: table('Services', [...seen, ...idle], false) };
  return {
    servicesHtml: table('Services in use', seen, false),
    idleServices: counted(idle.length, 'service'),
    idleServicesHtml: table('Services granted and not in use', idle, true),
  };
}

/** The HTML of a principal's page inside the layout. */
export function principalBody(
  p: PrincipalReview,
  assumptions: PrincipalAssumptions,
  detail: 'full' | 'services',
): string {
  const list = (items: readonly string[]): string[] =>
    items.length > 60 ? [...items.slice(0, 60).map(cut), `and ${items.length - 60} more`] : items.map(cut);
  const full = detail === 'full';
  return pages.principal({
    root: ROOT,
    type: p.type,
    isRole: p.type === 'role',
    state: p.state,
    incomplete: p.state === 'incomplete',
    arn: p.arn.slice(0, 5000),
    id: cut(p.id),
    created: p.createdAt === null ? 'unknown' : minute(p.createdAt),
    used: grouped(p.counts.used),
    granted: grouped(p.counts.granted),
    servicesUsed: grouped(p.counts.servicesUsed),
    servicesGranted: grouped(p.counts.servicesGranted),
    lastActivity: p.lastActivity === null ? null : minute(p.lastActivity),
    bar: barWidth(p.counts.used, p.counts.granted),
    percent: percent(p.counts.used, p.counts.granted),
    unused: grouped(p.counts.unused),
    unknown: grouped(p.counts.unknown),
    ungranted: grouped(p.counts.ungranted),
    decision: p.suggestion.decision,
    reason: cut(p.suggestion.reason),
    tags: list(p.tags),
    groups: list(p.groups),
    attached: list(p.policiesAttached),
    inline: list(p.policiesInline),
    boundary: p.boundary === null ? null : cut(p.boundary),
    missing: list(p.missingPolicies),
    exemption: p.exemption && { ...p.exemption, id: cut(p.exemption.id), reason: cut(p.exemption.reason) },
    ...services(p),
    full,
    usedServices: full ? usedByService(p) : [],
    ...(full ? idleNames(p) : { idle: [], idleElsewhere: [], folded: false }),
    csv: `csv/privileges/${fileName(p.accountId)}.csv`,
    sidesHtml: sideTables(full ? p : { ...p, ungranted: [] }, assumptions),
    policies: policies(p),
    policyFile: `policies/${fileName(p.accountId)}/${fileName(p.id)}.json`,
  });
}
