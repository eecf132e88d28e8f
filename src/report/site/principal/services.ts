import { privilegesPath } from '../../paths.js';
import { grouped, plural } from '../../../base/plural.js';
import { cut, joined, minute } from '../text.js';
import { append, getOrInsertComputed } from '../../../base/maps.js';
import type { StatementRef } from '../../../iam/types.js';
import type { GrantedService, ServiceReview, UsedGrantedAction } from '../../../review/types.js';
import { barHtml, isolate, markHtml } from '../html.js';
import type { PageBudget } from '../page-budget.js';
import { namesHtml, type SharedPages } from '../shared.js';
import { column, renderTable } from '../table.js';
import { template } from '../templates.js';
import { ROOT } from './root.js';
import { COLUMNS } from '../../../wording/page-columns.js';
import { PRINCIPAL_TABLES } from '../../../wording/page-tables.js';
import { PRINCIPAL_TEXTS } from '../../../wording/pages.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

const fillServices = template('principal/services');
const fillSeen = template('principal/seen');

/** Maximum number of unused actions of a used service on the page itself. */
const MAX_NAMES = 60;
/** The same for all unused services together. */
const MAX_IDLE_NAMES = 200;
/** Maximum bytes of used services, and of unused services. */
const MAX_SEEN_BYTES = 350_000;
const MAX_IDLE_BYTES = 150_000;

/**
 * Services with their actions: used services with a table of used actions, unused services by the policies that
 * grant them. Short lists of unused actions are on the page, long lists on shared pages.
 */
export function servicesSection(
  p: DescribedPrincipal,
  detail: 'full' | 'services',
  shared: SharedPages,
  budget: PageBudget,
): string {
  if (p.services.length === 0) return '';
  const names = detail === 'full' ? p.granted() : undefined;
  const seen = p.services.filter((s) => s.used + s.ungranted > 0);
  const idle = p.services.filter((s) => s.used + s.ungranted === 0);
  const used = usedByService(p);
  const idleNames = idleByService(p);
  let bytes = Math.min(MAX_SEEN_BYTES, budget.left);
  const groups: string[] = [];
  for (const service of seen) {
    const name = service.service;
    const html = seenHtml(
      p,
      service,
      used.get(name) ?? [],
      idleNames.get(name) ?? [],
      names?.get(name),
      shared,
    );
    bytes -= Buffer.byteLength(html);
    if (bytes < 0) break;
    groups.push(html);
  }
  const rest = seen.slice(groups.length);
  return budget.take(
    fillServices({
      root: ROOT,
      count: grouped(p.services.length),
      seenHtml: groups.join('\n'),
      elsewhere: rest.map((s) => ({ service: s.service, count: grouped(s.used + s.ungranted) })),
      csv: names === undefined ? 'csv/services.csv' : privilegesPath(p.accountId),
      idle: idle.length === 0 ? null : plural(idle.length, 'service'),
      idleActions: plural(sum(idle), 'granted action'),
      idleHtml: idleHtml(idle, names, shared, Math.min(MAX_IDLE_BYTES, bytes)),
      full: names !== undefined,
    }),
  );
}

const sum = (services: readonly ServiceReview[]): number =>
  services.reduce((total, { granted }) => total + granted, 0);

function usedByService(p: DescribedPrincipal): ReadonlyMap<string, UsedGrantedAction[]> {
  const groups = new Map<string, UsedGrantedAction[]>();
  for (const action of p.used) {
    const service = action.action.slice(0, Math.max(0, action.action.indexOf(':')));
    append(groups, service, action);
  }
  return groups;
}

const marks = (s: ServiceReview): string =>
  (['used', 'unused', 'unknown', 'ungranted'] as const)
    .filter((status) => s[status] > 0)
    .map((status) => markHtml(status, `${grouped(s[status])} ${status}`))
    .join('');

function seenHtml(
  p: DescribedPrincipal,
  s: ServiceReview,
  used: readonly UsedGrantedAction[],
  idleLists: readonly IdleList[],
  names: GrantedService | undefined,
  shared: SharedPages,
): string {
  const idle = s.unused + s.unknown;
  return fillSeen({
    root: ROOT,
    serviceHtml: isolate(cut(s.service)),
    barHtml: barHtml(s.used, s.granted),
    marksHtml: marks(s),
    granted: plural(s.granted, 'action'),
    last: s.lastUsed === null ? null : minute(s.lastUsed),
    grantedBy: joined(s.grantedBy.map(cut)),
    tableHtml: names === undefined ? '' : usedTable(s.service, used, privilegesPath(p.accountId)),
    ungranted: s.ungranted > 0 && p.ungranted.length > 0,
    lists: names !== undefined && idle <= MAX_NAMES ? idleLists.map(idleView) : [],
    page: names !== undefined && idle > MAX_NAMES ? shared.pageOf(names) : null,
  });
}

/** Actions without use by service: unused, then unknown by reason. */
function idleByService(p: DescribedPrincipal): ReadonlyMap<string, readonly IdleList[]> {
  const services = new Map<string, IdleList[]>();
  const put = (mark: IdleList['mark'], words: string, actions: readonly string[]): void => {
    for (const action of actions) {
      const service = action.slice(0, Math.max(0, action.indexOf(':')));
      const lists = getOrInsertComputed(services, service, () => []);
      let list = lists.at(-1);
      if (list?.words !== words) lists.push((list = { mark, words, names: [] }));
      list.names.push(action);
    }
  };
  put('unused', PRINCIPAL_TEXTS.unused, p.unused);
  for (const { reason, actions } of p.unknownReasons)
    put('unknown', PRINCIPAL_TEXTS.unknownWith(reason), actions);
  return services;
}

interface IdleList {
  readonly mark: 'unused' | 'unknown';
  readonly words: string;
  readonly names: string[];
}

const idleView = ({ mark, words, names }: IdleList): object => ({
  markHtml: markHtml(mark, `${grouped(names.length)} ${words}`),
  namesHtml: namesHtml(names),
});

/** Unused services by granting policy, because a reader removes a policy, not a service. */
function idleHtml(
  idle: readonly ServiceReview[],
  names: ReadonlyMap<string, GrantedService> | undefined,
  shared: SharedPages,
  bytes: number,
): string {
  const groups = new Map<string, string[]>();
  let left = MAX_IDLE_NAMES;
  let budget = bytes;
  for (const s of idle) {
    const own = names?.get(s.service);
    const page = own === undefined || s.granted <= Math.min(left, MAX_NAMES) ? null : shared.pageOf(own);
    if (page === null) left -= s.granted;
    const html = idleItem(s, own, page);
    budget -= html.length;
    if (budget < 0) break;
    const key = joined(s.grantedBy.map(cut));
    append(groups, key, html);
  }
  return [...groups]
    .map(
      ([grantedBy, items]) =>
        `<h3>${PRINCIPAL_TEXTS.grantedBy} ${isolate(grantedBy)}</h3><ul class="idle">${items.join('\n')}</ul>`,
    )
    .join('');
}

function idleItem(s: ServiceReview, names: GrantedService | undefined, page: string | null): string {
  const counts = [
    s.unused > 0 ? `<span class="unused">−${grouped(s.unused)}</span>` : '',
    s.unknown > 0 ? `<span class="unknown">?${grouped(s.unknown)}</span>` : '',
  ].join(' ');
  const name = isolate(cut(s.service));
  if (page !== null) return `<li><a href="${ROOT}${page}">${name}</a> ${counts}</li>`;
  if (names === undefined) return `<li><b>${name}</b> ${counts}</li>`;
  const list = namesHtml([...names.recorded, ...names.unseen.flatMap(({ actions }) => actions)]);
  return `<li class="long"><b>${name}</b> ${counts} ${list}</li>`;
}

/** `ReadReports, statement 2 (ListThem)`. */
const statementName = ({ policy, statement, sid }: StatementRef): string =>
  PRINCIPAL_TEXTS.statement(policy, statement, sid);

const limitsOf = (a: UsedGrantedAction): string[] => [
  ...(a.conditional ? [PRINCIPAL_TEXTS.conditional] : []),
  ...(a.resourceLimited ? [PRINCIPAL_TEXTS.someResources] : []),
  ...(a.deniedBy.length > 0 ? [PRINCIPAL_TEXTS.limitedByDeny] : []),
];

const usedTable = (service: string, actions: readonly UsedGrantedAction[], more: string): string =>
  renderTable(ROOT, {
    title: PRINCIPAL_TABLES.usedActions(cut(service)),
    anchor: 'used',
    bare: true,
    budget: 60_000,
    more,
    columns: [
      column(COLUMNS.action, 'code'),
      column(COLUMNS.status, 'mark'),
      column(COLUMNS.calls, 'number'),
      column(COLUMNS.firstUsed, 'time'),
      column(COLUMNS.lastUsed, 'time'),
      column(COLUMNS.limits, 'tags'),
      column(COLUMNS.grantedBy),
    ],
    rows: actions.map((a) => [
      a.action,
      'used',
      a.count,
      a.firstUsed,
      a.lastUsed,
      limitsOf(a),
      joined(a.allowedBy.map(statementName)),
    ]),
  });
