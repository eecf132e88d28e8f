import type { ReviewHead } from '../../review/types.js';
import type { OverviewCollector } from './overview-collector.js';
import { column, grouped, renderTable } from './table.js';

/** Roles that let in principals of other accounts, by account; '' without any. */
export const crossAccountTable = (head: ReviewHead, { trusts }: OverviewCollector): string => {
  const names = new Map(head.accounts.map(({ id, name }) => [id, name]));
  return renderTable('', {
    title: 'Cross-account trusts',
    id: 'cross-account',
    note: 'Other accounts that can assume roles. An account without a name is not part of this review: find out who owns it.',
    anchor: 'trust',
    budget: 25_000,
    more: 'csv/trust.csv',
    columns: [
      column('Trusted account', 'code'),
      column('Name'),
      column('Roles', 'number'),
      column('Trust policy entries', 'number'),
      column('− Entries never used', 'number'),
      column('Sessions', 'number'),
      column('Last assumed (UTC)', 'time'),
    ],
    rows: [...trusts.values()]
      // Unknown accounts first: they are the question.
      .sort(
        (a, b) =>
          Number(names.has(a.accountId)) - Number(names.has(b.accountId)) ||
          b.roles - a.roles ||
          (a.accountId < b.accountId ? -1 : 1),
      )
      .map((t) => [
        t.accountId,
        names.get(t.accountId) ?? null,
        t.roles,
        t.entries,
        t.neverAssumed,
        t.sessions,
        t.lastAssumed,
      ]),
  });
};

/** For the card of the index: roles that let in other accounts, with those that nobody here knows. */
export function crossAccountCard(
  head: ReviewHead,
  { trusts }: OverviewCollector,
): { readonly value: string; readonly note: string } {
  const known = new Set(head.accounts.map(({ id }) => id));
  const all = [...trusts.values()];
  const sum = (list: typeof all): number => list.reduce((total, { roles }) => total + roles, 0);
  const unknown = all.filter(({ accountId }) => !known.has(accountId));
  return { value: grouped(sum(all)), note: `${grouped(sum(unknown))} with accounts outside this review` };
}
