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
    ['account_id', '12 digits', ({ account }) => account.id],
    ['account_name', 'as in the configuration', ({ account }) => account.name],
    ['kind', 'kind of principal', ({ t }) => t.kind],
    ['arn', 'ARN, or the best name there is', ({ t }) => t.arn],
    ['unique_id', 'unique id, where there is one', ({ t }) => t.id],
    ['events', 'calls in the period', ({ t }) => t.events],
    ['succeeded', 'of these, without error', ({ t }) => t.succeeded],
    ['denied', 'of these, denied', ({ t }) => t.denied],
    ['failed', 'of these, with another error', ({ t }) => t.failed],
    ['first_seen', 'first event in the period', ({ t }) => t.first],
    ['last_seen', 'last event in the period', ({ t }) => t.last],
    ['actions_used', 'actions that succeeded', ({ t }) => t.actions.map(({ action }) => action)],
  ],
};

export const trailPrincipals = (account: DescribedAccount): Row[] =>
  account.trailOnly.map((t) => ({ account, t }));
