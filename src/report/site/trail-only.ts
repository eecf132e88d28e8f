import type { AccountReview } from '../../review/types.js';
import { ACTOR_WORDS } from '../words.js';
import { busiest, column, renderTable } from './table.js';

/** Who acted and is in no file of users and roles, with what they did; '' without any. */
export const trailOnlyTable = (root: string, { trailOnly }: AccountReview): string =>
  renderTable(root, {
    title: 'Principals seen only in the logs',
    id: 'trail-only',
    note: 'They called this account, but its IAM file does not list them. Their permissions are unknown.',
    anchor: 'trail-only',
    more: 'csv/trail-principals.csv',
    columns: [
      column('Name or ARN', 'arn'),
      column('Type', 'badge'),
      column('Last event (UTC)', 'time'),
      column('Most used actions', 'code'),
      column('Events', 'number'),
      column('Succeeded', 'number'),
      column('Denied', 'number'),
      column('Failed', 'number'),
      column('First event (UTC)', 'time'),
    ],
    rows: trailOnly.map((t) => [
      t.arn,
      ACTOR_WORDS[t.kind],
      t.last,
      t.actions.length === 0 ? null : busiest(t.actions),
      t.events,
      t.succeeded,
      t.denied,
      t.failed,
      t.first,
    ]),
  });
