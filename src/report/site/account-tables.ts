import type { AccountReview, Decision } from '../../review/types.js';
import { kindTitle } from '../../review/reasons.js';
import { RECORDING_WORDS } from '../words.js';
import { accountPath } from './render.js';
import { column, grouped, joined, type Link, type Table } from './table.js';

export const DECISIONS: readonly Decision[] = ['keep', 'reduce', 'remove', 'investigate'];

const link = (a: AccountReview): Link => ({ text: a.name, href: accountPath(a.id) });

/** Beside the chart, for the accounts in it. */
export const grantsTable = (accounts: readonly AccountReview[]): Table => ({
  title: 'Used and granted permissions by account',
  note: 'Totals over the principals of each account.',
  anchor: 'granted',
  sub: true,
  columns: [
    column('Account'),
    column('✓ Used', 'number'),
    column('Granted', 'number'),
    column('Share used', 'share'),
  ],
  rows: accounts.map((a) => [
    link(a),
    a.counts.used,
    a.counts.granted,
    { used: a.counts.used, of: a.counts.granted },
  ]),
});

export const decisionsTable = (accounts: readonly AccountReview[]): Table => ({
  title: 'Accounts',
  id: 'accounts',
  note: 'Principals by state and by suggestion; used and granted permissions.',
  anchor: 'suggestions',
  filter: accounts.length > 10,
  columns: [
    column('Account'),
    ...[
      'Users',
      'Roles',
      'Inactive',
      'Incomplete',
      'Keep',
      'Reduce',
      'Remove',
      'Investigate',
      '✓ Used permissions',
      'Granted permissions',
    ].map((label) => column(label, 'number')),
  ],
  rows: accounts.map((a) => [
    link(a),
    a.counts.users,
    a.counts.roles,
    a.counts.inactive,
    a.counts.incomplete,
    ...DECISIONS.map((d) => a.decisions[d]),
    a.counts.used,
    a.counts.granted,
  ]),
});

export const coverageTable = (accounts: readonly AccountReview[]): Table => ({
  title: 'Log coverage',
  id: 'coverage',
  note: 'A day without events can mean that logs are missing.',
  anchor: 'coverage',
  columns: [
    column('Account'),
    column('ID', 'code'),
    column('Events', 'number'),
    column('First event (UTC)', 'time'),
    column('Last event (UTC)', 'time'),
    column('Days without events', 'number'),
    column('Principals seen only in the logs', 'number'),
  ],
  rows: accounts.map((a) => [
    link(a),
    a.id,
    a.coverage.events,
    a.coverage.first,
    a.coverage.last,
    a.coverage.emptyDays.length,
    {
      text: grouped(a.trailOnly.length),
      href: a.trailOnly.length > 0 ? `${accountPath(a.id)}#trail-only` : undefined,
    },
  ]),
});

/** Which kinds of events each account's logs show, whoever called: what they lack proves nothing. */
export const recordingTable = (accounts: readonly AccountReview[]): Table => ({
  title: 'Event types in the logs',
  id: 'recording',
  note: 'Events from all callers, AWS services included. If the logs hold no events of a type, actions of that type are unknown, not unused.',
  anchor: 'recording',
  more: 'csv/recording.csv',
  columns: [
    column('Account'),
    column('Days with events'),
    column('Types in the logs'),
    column('Types not in the logs'),
    column('Data events', 'code'),
  ],
  rows: accounts.map((a) => [
    link(a),
    `${grouped(a.days.covered)} of ${grouped(a.days.all)}${a.days.quiet ? ' (quiet)' : ''}`,
    joined(a.recording.kinds.filter(isRecorded).map(recordedWords)),
    joined(a.recording.kinds.filter((kind) => !isRecorded(kind)).map(recordedWords)),
    joined(a.recording.dataEvents),
  ]),
});

type Kind = AccountReview['recording']['kinds'][number];

const isRecorded = ({ verdict }: Kind): boolean => verdict !== 'not-seen' && verdict !== 'excluded';

/** `Read events (2,336)`, `Write events (too few to tell)`. */
const recordedWords = ({ kind, verdict, events }: Kind): string => {
  const words = RECORDING_WORDS[verdict] ?? grouped(events);
  return words === '' ? kindTitle(kind) : `${kindTitle(kind)} (${words})`;
};
