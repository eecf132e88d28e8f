import type { PersonReview } from '../../../review/types.js';
import { principalTable } from './principal-table.js';
import type { Column } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

interface Row {
  readonly p: DescribedPrincipal;
  readonly person: PersonReview;
}

const columns: readonly Column<Row>[] = [
  ['account_id', '12 digits', ({ p }) => p.accountId],
  ['account_name', 'as in the configuration', ({ p }) => p.accountName],
  ['role_name', 'without path', ({ p }) => p.name],
  ['role_arn', 'whole ARN of the role', ({ p }) => p.arn],
  ['session_name', 'name of the role session: who stands behind it', ({ person }) => person.sessionName],
  ['source_identity', 'source identity, where one was set', ({ person }) => person.sourceIdentity],
  ['events', 'calls in the period', ({ person }) => person.events],
  ['succeeded', 'of these, without error', ({ person }) => person.succeeded],
  ['denied', 'of these, denied', ({ person }) => person.denied],
  ['failed', 'of these, with another error', ({ person }) => person.failed],
  ['first_seen', 'first event in the period', ({ person }) => person.first],
  ['last_seen', 'last event in the period', ({ person }) => person.last],
  ['actions_used', 'actions that succeeded', ({ person }) => person.actions.map(({ action }) => action)],
];

export const PEOPLE = principalTable('people', 'who used each role, by session name', columns, (p) =>
  p.people.map((person) => ({ p, person })),
);
