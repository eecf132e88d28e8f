import type { AccountReview, PrincipalSummary, ReviewTotals } from '../../review/types.js';
import { cells, fileName, renderTable, type Cell } from './render.js';

const excess = (s: PrincipalSummary): number => s.counts.unused;
const row = (s: PrincipalSummary, href: string): Cell[] => [
  { text: s.name, href },
  ...cells(
    s.state,
    s.lastActivity,
    s.counts.used,
    s.counts.granted,
    s.counts.unused,
    s.tags.join(', '),
    s.decision,
  ),
];
const principalColumns = [
  'Name',
  'State',
  'Last activity',
  '✓ Used',
  'Granted',
  '− Unused',
  'Tags',
  'Suggestion',
];

/** The HTML of the index inside the layout. */
export function renderIndex(totals: ReviewTotals, pathOf: (s: PrincipalSummary) => string): string {
  const table = (caption: string, anchor: string, columns: string[], rows: Cell[][]): string =>
    renderTable('', { caption, anchor, columns, rows });
  const { mapping, notes } = totals;
  const top = totals.summaries
    .toSorted((a, b) => excess(b) - excess(a) || (a.arn < b.arn ? -1 : 1))
    .slice(0, 10);
  return [
    table(
      'What was reviewed',
      'coverage',
      ['Engine', 'Accounts', 'Principals', 'Events', 'Mapped', 'Need no permission'],
      [
        cells(
          notes.engine,
          totals.accounts.length,
          totals.summaries.length,
          mapping.events,
          mapping.mappedEvents,
          mapping.noPermissionEvents,
        ),
      ],
    ),
    table(
      'Incomplete',
      'coverage',
      ['Account', 'Reason'],
      notes.incomplete.map((i) => cells(i.accountId ?? 'any', i.reason)),
    ),
    table(
      'Accounts',
      'coverage',
      [
        'Account',
        'Id',
        'Principals',
        'Inactive',
        '✓ Used',
        'Granted',
        'Keep',
        'Reduce',
        'Remove',
        'Investigate',
        'Events',
        'First',
        'Last',
        'Days without events',
      ],
      totals.accounts.map((a) => [
        { text: a.name, href: `accounts/${fileName(a.id)}/index.html` },
        ...cells(
          a.id,
          a.counts.principals,
          a.counts.inactive,
          a.counts.used,
          a.counts.granted,
          a.decisions.keep,
          a.decisions.reduce,
          a.decisions.remove,
          a.decisions.investigate,
          a.coverage.events,
          a.coverage.first,
          a.coverage.last,
          a.coverage.emptyDays.length,
        ),
      ]),
    ),
    table(
      'Largest excess',
      'granted',
      principalColumns,
      top.map((s) => row(s, pathOf(s))),
    ),
    table(
      'Warnings',
      'limits',
      ['Warning'],
      [...totals.warnings, ...notes.warnings].map((w) => cells(w)),
    ),
    table(
      'Unmapped events',
      'unmapped',
      ['Source', 'Event', 'Count'],
      mapping.unmapped.map((u) => cells(u.eventSource, u.eventName, u.count)),
    ),
  ].join('\n');
}

/** The HTML of an account's page inside the layout; `summaries` are this account's. */
export function renderAccount(account: AccountReview, summaries: readonly PrincipalSummary[]): string {
  const tables = (['user', 'role'] as const).map((type) =>
    renderTable('../../', {
      caption: type === 'user' ? 'Users' : 'Roles',
      anchor: 'status',
      columns: principalColumns,
      rows: summaries.filter((s) => s.type === type).map((s) => row(s, `${type}s/${fileName(s.id)}.html`)),
    }),
  );
  return [
    ...tables,
    renderTable('../../', {
      caption: 'Seen only in the trail',
      anchor: 'coverage',
      columns: ['Kind', 'ARN', 'Events', 'First', 'Last'],
      rows: account.trailOnly.map((t) => cells(t.kind, t.arn, t.events, t.first, t.last)),
    }),
    renderTable('../../', {
      caption: 'Warnings',
      anchor: 'limits',
      columns: ['Warning'],
      rows: account.warnings.map((w) => cells(w)),
    }),
  ].join('\n');
}
