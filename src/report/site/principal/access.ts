import type { PrincipalAssumptions, PrincipalReview } from '../../../review/types.js';
import { ACTOR_WORDS, FINDING_WORDS, trustedName, trustSentence } from '../../words.js';
import { fileName } from '../render.js';
import type { Room } from '../page-budget.js';
import { busiest, column, grouped, joined, type Column } from '../table.js';
import { pairMark } from '../collected.js';
import { ROOT } from './names.js';

const TIMES = [column('First (UTC)', 'time'), column('Last (UTC)', 'time')];

/** Who is let in, how sessions came about, who stood behind them; empty for most users. */
export const accessTables = (p: PrincipalReview, assumptions: PrincipalAssumptions, room: Room): string =>
  [trustTable(p, room), originTable(p, room), peopleTable(p, room), pairTables(p, assumptions, room)].join(
    '',
  );

const trustTable = (p: PrincipalReview, room: Room): string =>
  room.table(ROOT, {
    title: 'Who may assume this role',
    id: 'trust',
    note: 'Whom the role’s trust policy names. Sessions: those in the period that the entry may have let in.',
    anchor: 'trust',
    more: 'csv/trust.csv',
    budget: 60_000,
    columns: [
      column('Trusted', 'arn'),
      column('What it means', 'wide'),
      column('Findings', 'tags'),
      column('Only if', 'code'),
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

const originTable = (p: PrincipalReview, room: Room): string =>
  room.table(ROOT, {
    title: 'How sessions of this role came about',
    id: 'origins',
    note: 'Each line is one way: who or what began, then every role on the way.',
    anchor: 'origins',
    more: `json/${fileName(p.accountId)}/principals.ndjson`,
    budget: 50_000,
    columns: [column('Way', 'arn'), column('Began with', 'word'), column('Sessions', 'number'), ...TIMES],
    rows: p.origins.map((o) => [
      { parts: [...o.path, 'this role'], between: ' → ' },
      ACTOR_WORDS[o.kind],
      o.sessions,
      o.first,
      o.last,
    ]),
  });

const peopleTable = (p: PrincipalReview, room: Room): string =>
  room.table(ROOT, {
    title: 'People behind this role',
    id: 'people',
    note: 'Calls by the name that their session was given; programs have such names too.',
    anchor: 'people',
    more: 'csv/people.csv',
    columns: [
      column('Session name', 'wide'),
      column('Source identity'),
      column('Last (UTC)', 'time'),
      column('What they did', 'arn'),
      ...['Events', 'Succeeded', 'Denied', 'Failed'].map((label) => column(label, 'number')),
      column('First (UTC)', 'time'),
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

function pairTables(p: PrincipalReview, assumptions: PrincipalAssumptions, room: Room): string {
  const columns = (other: string): Column[] => [
    column(other, 'arn'),
    column('Allowed', 'word'),
    column('Assumed', 'mark'),
    column('Sessions', 'number'),
    ...TIMES,
    column('Actions', 'code'),
    column('Chain began with', 'arn'),
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
    room.table(ROOT, {
      title: `Roles this ${p.type} may assume or assumed`,
      id: 'roles',
      anchor: 'assumptions',
      more: 'csv/assumptions.csv',
      columns: columns('Role'),
      rows: rows(assumptions.out, 'roleArn'),
    }) +
    room.table(ROOT, {
      title: 'Users and roles that may assume or assumed this role',
      id: 'sources',
      note: 'What the trust policy and the policies of both sides come to.',
      anchor: 'assumptions',
      more: 'csv/assumptions.csv',
      columns: columns('Source'),
      rows: rows(assumptions.in, 'sourceArn'),
    })
  );
}
