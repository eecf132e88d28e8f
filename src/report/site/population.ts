import type { AccountReview, ExemptionReview } from '../../review/types.js';
import { accountPath } from './render.js';
import { column, renderTable } from './table.js';

/** The index's tie-out: entries in each account's IAM file, and rows in the report. */
export const populationTable = (accounts: readonly AccountReview[]): string =>
  renderTable('', {
    title: 'Population',
    id: 'population',
    note: 'Every user and role in the IAM file has a row in this report: the difference must be 0.',
    anchor: 'population',
    columns: [
      column('Account'),
      column('ID', 'code'),
      column('Principals in the IAM file', 'number'),
      column('Principals in the report', 'number'),
      column('Incomplete principals', 'number'),
      column('Difference', 'number'),
    ],
    rows: accounts.map((a) => [
      { text: a.name, href: accountPath(a.id) },
      a.id,
      a.listed,
      a.counts.principals,
      a.counts.incomplete,
      a.listed - a.counts.principals,
    ]),
    more: 'csv/population.csv',
  });

/** Expired ones that mark somebody first. */
export const exemptionTable = (exemptions: readonly ExemptionReview[]): string =>
  renderTable('', {
    title: 'Exemptions',
    id: 'exemptions',
    anchor: 'exemptions',
    columns: [
      column('ID'),
      column('State', 'badge'),
      column('Owner'),
      column('Expires', 'word'),
      column('Principals', 'number'),
      column('Reason', 'wide'),
    ],
    rows: exemptions
      .toSorted((a, b) => Number(b.expired) - Number(a.expired))
      .map((e) => [
        e.id,
        e.expired ? 'expired' : 'valid',
        e.owner,
        e.expires ?? 'never',
        e.principals,
        e.reason,
      ]),
    more: 'csv/exemptions.csv',
  });
