import type { PersonReview } from '../../../review/types.js';
import { principalTable } from './principal-table.js';
import type { Column } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

interface Row {
  readonly p: DescribedPrincipal;
  readonly person: PersonReview;
}

const columns: readonly Column<Row>[] = [
  ['account_id', 'account ID, 12 digits', ({ p }) => p.accountId],
  ['account_name', 'account name in the configuration', ({ p }) => p.accountName],
  ['role_name', 'name without path', ({ p }) => p.name],
  ['role_arn', 'ARN of the role', ({ p }) => p.arn],
  ['session_name', 'name of the role session', ({ person }) => person.sessionName],
  ['source_identity', 'source identity, if set', ({ person }) => person.sourceIdentity],
  ['events', 'number of calls in the period', ({ person }) => person.events],
  ['succeeded', 'number of succeeded calls', ({ person }) => person.succeeded],
  ['denied', 'number of denied calls', ({ person }) => person.denied],
  ['failed', 'number of failed calls', ({ person }) => person.failed],
  ['first_seen', 'first event in the period', ({ person }) => person.first],
  ['last_seen', 'last event in the period', ({ person }) => person.last],
  [
    'actions_used',
    'actions of the succeeded calls, without those used inside them',
    ({ person }) => person.actions.map(({ action }) => action),
  ],
];

export const PEOPLE = principalTable('people', 'who used each role, by session name', columns, (p) =>
  p.people.map((person) => ({ p, person })),
);
