import { principalsPath } from '../../paths.js';
import { grouped } from '../../../base/plural.js';
import { busiest, joined } from '../text.js';
import type { PrincipalAssumptions } from '../../../review/types.js';
import type { PageBudget } from '../page-budget.js';
import { column, type Column } from '../table.js';
import { pairMark } from '../overview-collector.js';
import { ROOT } from './root.js';
import { COLUMNS } from '../../../wording/page-columns.js';
import { PRINCIPAL_TABLES as TABLES } from '../../../wording/page-tables.js';
import { PRINCIPAL_TEXTS } from '../../../wording/pages.js';
import { CALLER_KINDS } from '../../../wording/principals.js';
import { describeTrust, TRUST_FINDINGS, trustedName } from '../../../wording/trust.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

const TIMES = [column(COLUMNS.firstAssumed, 'time'), column(COLUMNS.lastAssumed, 'time')];

/** Trusted principals, session origins and people; empty for most users. */
export const accessTables = (
  p: DescribedPrincipal,
  assumptions: PrincipalAssumptions,
  budget: PageBudget,
): string =>
  [
    trustTable(p, budget),
    originTable(p, budget),
    peopleTable(p, budget),
    passedRolesTable(p, budget),
    pairTables(p, assumptions, budget),
  ].join('');

const trustTable = (p: DescribedPrincipal, budget: PageBudget): string =>
  budget.table(ROOT, {
    ...TABLES.trust,
    id: 'trust',
    anchor: 'trust',
    more: 'csv/trust.csv',
    budget: 60_000,
    columns: [
      column(COLUMNS.trustedPrincipal, 'arn'),
      column(COLUMNS.meaning, 'wide'),
      column(COLUMNS.findings, 'tags'),
      column(COLUMNS.conditions, 'code'),
      column(COLUMNS.sessions, 'number'),
      column(COLUMNS.lastAssumed, 'time'),
    ],
    rows: p.trust.map((t) => [
      trustedName(t),
      describeTrust(t, p.accountId),
      t.findings.map((finding) => TRUST_FINDINGS[finding].title),
      t.conditions.length === 0 ? null : { parts: t.conditions, between: ' and ' },
      t.sessions,
      t.lastAssumed,
    ]),
  });

const originTable = (p: DescribedPrincipal, budget: PageBudget): string =>
  budget.table(ROOT, {
    ...TABLES.origins,
    id: 'origins',
    anchor: 'origins',
    more: principalsPath(p.accountId),
    budget: 50_000,
    columns: [
      column(COLUMNS.path, 'arn'),
      column(COLUMNS.originalCaller, 'word'),
      column(COLUMNS.sessions, 'number'),
      ...TIMES,
    ],
    rows: p.origins.map((o) => [
      { parts: [...o.path, PRINCIPAL_TEXTS.thisRole], between: ' → ' },
      CALLER_KINDS[o.kind],
      o.sessions,
      o.first,
      o.last,
    ]),
  });

const peopleTable = (p: DescribedPrincipal, budget: PageBudget): string =>
  budget.table(ROOT, {
    ...TABLES.people,
    id: 'people',
    anchor: 'people',
    more: 'csv/people.csv',
    columns: [
      column(COLUMNS.sessionName, 'wide'),
      column(COLUMNS.sourceIdentity),
      column(COLUMNS.lastEvent, 'time'),
      column(COLUMNS.mostUsedActions, 'code'),
      ...[COLUMNS.events, COLUMNS.succeeded, COLUMNS.denied, COLUMNS.failed].map((label) =>
        column(label, 'number'),
      ),
      column(COLUMNS.firstEvent, 'time'),
    ],
    rows: p.people.map((one) => [
      one.sessionName,
      one.sourceIdentity,
      one.last,
      busiest(one.actions),
      one.events,
      one.succeeded,
      one.denied,
      one.failed,
      one.first,
    ]),
  });

const passedRolesTable = (p: DescribedPrincipal, budget: PageBudget): string =>
  budget.table(ROOT, {
    ...TABLES.passedRoles,
    id: 'passed',
    anchor: 'passed',
    more: 'csv/passed-roles.csv',
    columns: [
      column(COLUMNS.passedRole, 'arn'),
      column(COLUMNS.instanceProfile, 'arn'),
      column(COLUMNS.passedTo, 'wide'),
      column(COLUMNS.call, 'code'),
      column(COLUMNS.calls, 'number'),
      column(COLUMNS.firstCall, 'time'),
      column(COLUMNS.lastCall, 'time'),
    ],
    rows: p.passedRoles.map((one) => [
      one.role,
      one.instanceProfile ?? '',
      one.passedTo.join(', '),
      one.call,
      one.count,
      one.first,
      one.last,
    ]),
  });

function pairTables(p: DescribedPrincipal, assumptions: PrincipalAssumptions, budget: PageBudget): string {
  const columns = (other: string): Column[] => [
    column(other, 'arn'),
    column(COLUMNS.allowed, 'word'),
    column(COLUMNS.assumed, 'mark'),
    column(COLUMNS.sessions, 'number'),
    ...TIMES,
    column(COLUMNS.usedActions, 'code'),
    column(COLUMNS.originalCaller, 'arn'),
  ];
  const rows = (list: PrincipalAssumptions['in'], other: 'sourceArn' | 'roleArn') =>
    list.map((a) => [
      a[other],
      a.allowed,
      pairMark(a),
      a.sessions,
      a.firstAssumed,
      a.lastAssumed,
      joined(a.actions.map((x) => `${x.action} (${grouped(x.count)})`)),
      a.origins.every((o) => o.arn === a.sourceArn)
        ? null
        : joined(a.origins.map((o) => `${o.arn} (${grouped(o.sessions)})`)),
    ]);
  return (
    budget.table(ROOT, {
      title: TABLES.rolesOf(p.type),
      id: 'roles',
      anchor: 'assumptions',
      more: 'csv/assumptions.csv',
      columns: columns(COLUMNS.role),
      rows: rows(assumptions.out, 'roleArn'),
    }) +
    budget.table(ROOT, {
      ...TABLES.sources,
      id: 'sources',
      anchor: 'assumptions',
      more: 'csv/assumptions.csv',
      columns: columns(COLUMNS.source),
      rows: rows(assumptions.in, 'sourceArn'),
    })
  );
}
