import { accountPath } from '../paths.js';
import type { ExemptionReview } from '../../review/types.js';
import { column, renderTable } from './table.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { INDEX_TABLES } from '../../wording/page-tables.js';
import { INDEX_TEXTS } from '../../wording/pages.js';
import type { DescribedAccount } from '../../wording/described.js';

/** Principals in the IAM file of each account, and rows in the report. */
export const populationTable = (accounts: readonly DescribedAccount[]): string =>
  renderTable('', {
    ...INDEX_TABLES.population,
    id: 'population',
    anchor: 'population',
    columns: [
      column(COLUMNS.account),
      column(COLUMNS.id, 'code'),
      column(COLUMNS.principalsInTheIamFile, 'number'),
      column(COLUMNS.principalsInTheReport, 'number'),
      column(COLUMNS.incompletePrincipals, 'number'),
      column(COLUMNS.difference, 'number'),
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

/** Expired exemptions first. */
export const exemptionTable = (exemptions: readonly ExemptionReview[]): string =>
  renderTable('', {
    ...INDEX_TABLES.exemptions,
    id: 'exemptions',
    anchor: 'exemptions',
    columns: [
      column(COLUMNS.id),
      column(COLUMNS.state, 'badge'),
      column(COLUMNS.owner),
      column(COLUMNS.expires, 'word'),
      column(COLUMNS.principals, 'number'),
      column(COLUMNS.reason, 'wide'),
    ],
    rows: exemptions
      .toSorted((a, b) => Number(b.expired) - Number(a.expired))
      .map((e) => [
        e.id,
        e.expired ? INDEX_TEXTS.expired : INDEX_TEXTS.valid,
        e.owner,
        e.expires ?? INDEX_TEXTS.never,
        e.principals,
        e.reason,
      ]),
    more: 'csv/exemptions.csv',
  });
