import type { AccountReview } from '../../review/types.js';
import { ACTOR_WORDS } from '../words.js';
import { busiest, column, renderTable } from './table.js';

/** Who acted and is in no file of users and roles, with what they did; '' without any. */
export const trailOnlyTable = (root: string, { trailOnly }: AccountReview): string =>
  renderTable(root, {
    title: 'Seen only in the trail',
    id: 'trail-only',
    note: 'They acted in this account, but are no user or role of today’s: nothing is known of what they are granted.',
    anchor: 'trail-only',
    more: 'csv/trail-principals.csv',
    columns: [
      column('Name or ARN', 'arn'),
      column('Kind', 'badge'),
      column('Last (UTC)', 'time'),
      column('What they did', 'arn'),
      column('Events', 'number'),
      column('Succeeded', 'number'),
      column('Denied', 'number'),
      column('Failed', 'number'),
      column('First (UTC)', 'time'),
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
