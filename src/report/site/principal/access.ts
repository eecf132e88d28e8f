import type { PrincipalAssumptions, PrincipalReview } from '../../../review/types.js';
import { ACTOR_WORDS, FINDING_WORDS, trustedName, trustSentence } from '../../words.js';
import { fileName } from '../render.js';
import type { PageBudget } from '../page-budget.js';
import { busiest, column, grouped, joined, type Column } from '../table.js';
import { pairMark } from '../overview-collector.js';
import { ROOT } from './names.js';

const TIMES = [column('First assumed (UTC)', 'time'), column('Last assumed (UTC)', 'time')];

/** Who is let in, how sessions came about, who stood behind them; empty for most users. */
export const accessTables = (
  p: PrincipalReview,
  assumptions: PrincipalAssumptions,
  budget: PageBudget,
): string =>
  [
    trustTable(p, budget),
    originTable(p, budget),
    peopleTable(p, budget),
    pairTables(p, assumptions, budget),
  ].join('');

const trustTable = (p: PrincipalReview, budget: PageBudget): string =>
  budget.table(ROOT, {
    title: 'Who can assume this role',
    id: 'trust',
    note: 'Principals that the trust policy names. Sessions: those in the period that the entry may have allowed.',
    anchor: 'trust',
    more: 'csv/trust.csv',
    budget: 60_000,
    columns: [
      column('Trusted principal', 'arn'),
      column('Meaning', 'wide'),
      column('Findings', 'tags'),
      column('Conditions', 'code'),
      column('Sessions', 'number'),
      column('Last assumed (UTC)', 'time'),
    ],
    rows: p.trust.map((t) => [
      trustedName(t),
      trustSentence(t, p.accountId),
      t.findings.map((finding) => FINDING_WORDS[finding].title),
      t.conditions.length === 0 ? null : { parts: t.conditions, between: ' and ' },
      t.sessions,
      t.lastAssumed,
    ]),
  });

const originTable = (p: PrincipalReview, budget: PageBudget): string =>
  budget.table(ROOT, {
    title: 'Session origins',
    id: 'origins',
    note: 'A path begins with the original caller, followed by every role assumed.',
    anchor: 'origins',
    more: `json/${fileName(p.accountId)}/principals.ndjson`,
    budget: 50_000,
    columns: [
      column('Path', 'arn'),
      column('Original caller', 'word'),
      column('Sessions', 'number'),
      ...TIMES,
    ],
    rows: p.origins.map((o) => [
      { parts: [...o.path, 'this role'], between: ' → ' },
      ACTOR_WORDS[o.kind],
      o.sessions,
      o.first,
      o.last,
    ]),
  });

const peopleTable = (p: PrincipalReview, budget: PageBudget): string =>
  budget.table(ROOT, {
    title: 'People behind this role',
    id: 'people',
    note: 'Calls by session name. Programs have session names too.',
    anchor: 'people',
    more: 'csv/people.csv',
    columns: [
      column('Session name', 'wide'),
      column('Source identity'),
      column('Last event (UTC)', 'time'),
      column('Most used actions', 'code'),
      ...['Events', 'Succeeded', 'Denied', 'Failed'].map((label) => column(label, 'number')),
      column('First event (UTC)', 'time'),
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

function pairTables(p: PrincipalReview, assumptions: PrincipalAssumptions, budget: PageBudget): string {
  const columns = (other: string): Column[] => [
    column(other, 'arn'),
    column('Allowed', 'word'),
    column('Assumed', 'mark'),
    column('Sessions', 'number'),
    ...TIMES,
    column('Used actions', 'code'),
    column('Original caller', 'arn'),
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
      title: `Roles that this ${p.type} can assume or assumed`,
      id: 'roles',
      anchor: 'assumptions',
      more: 'csv/assumptions.csv',
      columns: columns('Role'),
      rows: rows(assumptions.out, 'roleArn'),
    }) +
    budget.table(ROOT, {
      title: 'Users and roles that can assume or assumed this role',
      id: 'sources',
      note: 'Allowed by the trust policy and the policies of both principals.',
      anchor: 'assumptions',
      more: 'csv/assumptions.csv',
      columns: columns('Source'),
      rows: rows(assumptions.in, 'sourceArn'),
    })
  );
}
