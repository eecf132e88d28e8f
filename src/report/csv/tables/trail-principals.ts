import type { TrailOnlyPrincipal } from '../../../review/types.js';
import type { Table } from './table.js';
import type { DescribedAccount } from '../../../wording/described.js';

interface Row {
  readonly account: DescribedAccount;
  readonly t: TrailOnlyPrincipal;
}

export const TRAIL_PRINCIPALS: Table<Row> = {
  name: 'trail-principals',
  content: 'principals seen only in the logs',
  columns: [
    ['account_id', 'account ID, 12 digits', ({ account }) => account.id],
    ['account_name', 'account name in the configuration', ({ account }) => account.name],
    ['kind', 'type of principal', ({ t }) => t.kind],
    ['arn', 'ARN, or the best known name', ({ t }) => t.arn],
    ['unique_id', 'unique ID, if any', ({ t }) => t.id],
    ['events', 'number of calls in the period', ({ t }) => t.events],
    ['succeeded', 'number of succeeded calls', ({ t }) => t.succeeded],
    ['denied', 'number of denied calls', ({ t }) => t.denied],
    ['failed', 'number of failed calls', ({ t }) => t.failed],
    ['first_seen', 'first event in the period', ({ t }) => t.first],
    ['last_seen', 'last event in the period', ({ t }) => t.last],
    ['actions_used', 'actions of the succeeded calls', ({ t }) => t.actions.map(({ action }) => action)],
  ],
};

export const trailPrincipals = (account: DescribedAccount): Row[] =>
  account.trailOnly.map((t) => ({ account, t }));
