import { busiest } from './text.js';
import { column, renderTable } from './table.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { ACCOUNT_TABLES } from '../../wording/page-tables.js';
import { CALLER_KINDS } from '../../wording/principals.js';
import type { DescribedAccount } from '../../wording/described.js';

/** Callers that the IAM file does not list, with their calls; '' without any. */
export const trailOnlyTable = (root: string, { trailOnly }: DescribedAccount): string =>
  renderTable(root, {
    ...ACCOUNT_TABLES.trailOnly,
    id: 'trail-only',
    anchor: 'trail-only',
    more: 'csv/trail-principals.csv',
    columns: [
      column(COLUMNS.nameOrArn, 'arn'),
      column(COLUMNS.type, 'badge'),
      column(COLUMNS.lastEvent, 'time'),
      column(COLUMNS.mostUsedActions, 'code'),
      column(COLUMNS.events, 'number'),
      column(COLUMNS.succeeded, 'number'),
      column(COLUMNS.denied, 'number'),
      column(COLUMNS.failed, 'number'),
      column(COLUMNS.firstEvent, 'time'),
    ],
    rows: trailOnly.map((t) => [
      t.arn,
      CALLER_KINDS[t.kind],
      t.last,
      t.actions.length === 0 ? null : busiest(t.actions),
      t.events,
      t.succeeded,
      t.denied,
      t.failed,
      t.first,
    ]),
  });
