import { grouped } from '../../base/plural.js';
import { compareText } from '../../base/compare.js';
import type { ReviewHead } from '../../review/types.js';
import type { OverviewCollector } from './overview-collector.js';
import { column, renderTable } from './table.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { INDEX_TABLES } from '../../wording/page-tables.js';
import { CARDS } from '../../wording/pages.js';

/** Roles that trust other accounts, by account; '' without any. */
export const crossAccountTable = (head: ReviewHead, { trusts }: OverviewCollector): string => {
  const names = new Map(head.accounts.map(({ id, name }) => [id, name]));
  return renderTable('', {
    ...INDEX_TABLES.crossAccount,
    id: 'cross-account',
    anchor: 'trust',
    budget: 25_000,
    more: 'csv/trust.csv',
    columns: [
      column(COLUMNS.trustedAccount, 'code'),
      column(COLUMNS.name),
      column(COLUMNS.roles, 'number'),
      column(COLUMNS.trustPolicyEntries, 'number'),
      column(COLUMNS.entriesNeverUsed, 'number'),
      column(COLUMNS.sessions, 'number'),
      column(COLUMNS.lastAssumed, 'time'),
    ],
    rows: [...trusts.values()]
      // Unknown accounts first.
      .sort(
        (a, b) =>
          Number(names.has(a.accountId)) - Number(names.has(b.accountId)) ||
          b.roles - a.roles ||
          compareText(a.accountId, b.accountId),
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

/** Card on the index: roles that trust other accounts, and how many of these accounts are unknown. */
export function crossAccountCard(
  head: ReviewHead,
  { trusts }: OverviewCollector,
): { readonly value: string; readonly note: string } {
  const known = new Set(head.accounts.map(({ id }) => id));
  const all = [...trusts.values()];
  const sum = (list: typeof all): number => list.reduce((total, { roles }) => total + roles, 0);
  const unknown = all.filter(({ accountId }) => !known.has(accountId));
  return { value: grouped(sum(all)), note: CARDS.trust.note(grouped(sum(unknown))) };
}
