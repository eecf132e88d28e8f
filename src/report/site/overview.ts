import type {
  AccountReview,
  Decision,
  PrincipalSummary,
  ReviewHead,
  ReviewTotals,
} from '../../review/types.js';
import { exemptionTable, populationTable } from './population.js';
import { accountPath, principalPath } from './render.js';
import { escalationCount, mayEscalateUnused, riskTables } from './risk-tables.js';
import {
  barWidth,
  column,
  counted,
  cut,
  grouped,
  percent,
  renderTable,
  type Column,
  type Row,
  type Table,
} from './table.js';
import { pages } from './templates.js';

export const DECISIONS: readonly Decision[] = ['keep', 'reduce', 'remove', 'investigate'];
/** Bars that stay readable in one chart; the table has all accounts. */
const CHART_BARS = 20;

export const principalColumns: readonly Column[] = [
  column('Name'),
  column('Type', 'word'),
  column('State', 'badge'),
  column('Suggestion', 'badge'),
  column('Last activity (UTC)', 'time'),
  column('Used', 'share'),
  column('✓ Used', 'number'),
  column('Granted', 'number'),
  column('− Unused', 'number'),
  column('Tags', 'tags'),
];
export const principalRow = (s: PrincipalSummary, root: string): Row => [
  { text: s.name, href: root + principalPath(s) },
  s.type,
  s.state,
  s.decision,
  s.lastActivity,
  { used: s.counts.used, of: s.counts.granted },
  s.counts.used,
  s.counts.granted,
  s.counts.unused,
  // Only the most dangerous risk has a place here; the filter finds it by its name.
  mayEscalateUnused(s) ? ['unused privilege escalation', ...s.tags] : s.tags,
];

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const share = (part: number, whole: number): string => percent(part, whole).replace('–', 'none');

function chart(accounts: readonly AccountReview[]) {
  const bars = accounts.toSorted((a, b) => b.counts.granted - a.counts.granted).slice(0, CHART_BARS);
  const most = Math.max(1, ...bars.map((a) => a.counts.granted));
  return {
    height: bars.length * 44 + 6,
    bars: bars.map((a, i) => ({
      label: a.name.length > 44 ? `${a.name.slice(0, 44)}…` : a.name,
      y: i * 44 + 14,
      barY: i * 44 + 22,
      granted: barWidth(a.counts.granted, most) * 6,
      used: a.counts.used === 0 ? 0 : Math.max(2, Math.round((600 * a.counts.used) / most)),
      numbers: `${grouped(a.counts.used)} of ${grouped(a.counts.granted)}`,
    })),
  };
}

function accountTables(accounts: readonly AccountReview[]): {
  grants: Table;
  decisions: Table;
  coverage: Table;
} {
  const link = (a: AccountReview) => ({ text: a.name, href: accountPath(a.id) });
  return {
    grants: {
      title: 'Used and granted actions by account',
      note: 'Summed over the principals of each account.',
      anchor: 'granted',
      columns: [
        column('Account'),
        column('✓ Used', 'number'),
        column('Granted', 'number'),
        column('Used', 'share'),
      ],
      rows: accounts.map((a) => [
        link(a),
        a.counts.used,
        a.counts.granted,
        { used: a.counts.used, of: a.counts.granted },
      ]),
    },
    decisions: {
      title: 'Decisions by account',
      note: 'What the report suggests for each principal.',
      anchor: 'suggestions',
      columns: [
        ...['Account'].map((label) => column(label)),
        ...['Users', 'Roles', 'Inactive', 'Incomplete', 'Keep', 'Reduce', 'Remove', 'Investigate'].map(
          (label) => column(label, 'number'),
        ),
      ],
      rows: accounts.map((a) => [
        link(a),
        a.counts.users,
        a.counts.roles,
        a.counts.inactive,
        a.counts.incomplete,
        ...DECISIONS.map((d) => a.decisions[d]),
      ]),
    },
    coverage: {
      title: 'Coverage of the trail',
      note: 'A day without events may mean that its log is missing.',
      anchor: 'coverage',
      columns: [
        column('Account'),
        column('Id', 'code'),
        column('Events', 'number'),
        column('First (UTC)', 'time'),
        column('Last (UTC)', 'time'),
        column('Days without events', 'number'),
        column('Seen only in the trail', 'number'),
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
    },
  };
}

/** The HTML of the index inside the layout. */
export function renderIndex(head: ReviewHead, totals: ReviewTotals): string {
  const { mapping, notes, summaries, accounts } = totals;
  const granted = sum(accounts.map((a) => a.counts.granted));
  const used = sum(accounts.map((a) => a.counts.used));
  const unused = sum(accounts.map((a) => a.counts.unused));
  const inactive = summaries.filter((s) => s.state === 'inactive').length;
  const incomplete = summaries.filter((s) => s.state === 'incomplete').length;
  const largest = summaries
    .filter((s) => s.counts.unused > 0 && (s.decision === 'reduce' || s.decision === 'remove'))
    .toSorted((a, b) => b.counts.unused - a.counts.unused || (a.arn < b.arn ? -1 : 1))
    .slice(0, 10);
  const tables = accountTables(accounts);
  const names = new Map(head.accounts.map((a) => [a.id, a.name]));
  return pages.index({
    accounts: counted(accounts.length, 'account'),
    principals: counted(summaries.length, 'principal'),
    cards: [
      {
        value: grouped(summaries.length),
        label: 'principals',
        note: `${grouped(inactive)} inactive, ${grouped(incomplete)} incomplete`,
        anchor: 'status',
      },
      {
        value: share(used, granted),
        label: 'of granted actions used',
        note: `${grouped(used)} of ${grouped(granted)}`,
        anchor: 'used',
      },
      {
        value: grouped(unused),
        label: 'unused grants',
        note: 'recorded by CloudTrail, not seen',
        anchor: 'status',
      },
      {
        value: escalationCount(summaries),
        label: 'with unused privilege escalation',
        note: 'principals that could give themselves more rights',
        anchor: 'risks',
      },
      {
        value: grouped(mapping.events),
        label: 'events',
        note: `read by the ${notes.engine} engine`,
        anchor: 'coverage',
      },
      {
        value: share(mapping.mappedEvents + mapping.noPermissionEvents, mapping.events),
        label: 'of events explained',
        note: `${grouped(mapping.mappedEvents)} mapped to actions, ${grouped(mapping.noPermissionEvents)} need no permission`,
        anchor: 'unmapped',
      },
    ],
    decisions: DECISIONS.map((decision) => {
      const count = summaries.filter((s) => s.decision === decision).length;
      return { decision, count: grouped(count), width: barWidth(count, summaries.length) };
    }),
    incomplete: notes.incomplete.slice(0, 50).map((i) => ({
      account: cut(i.accountId === null ? 'any account' : (names.get(i.accountId) ?? i.accountId)),
      reason: cut(i.reason),
    })),
    chart: chart(accounts),
    grantsHtml: renderTable('', { ...tables.grants, sub: true }),
    risksHtml: riskTables(summaries),
    largestHtml: renderTable('', {
      title: 'Ten largest reductions',
      note: 'Principals to reduce or remove, by unused actions.',
      anchor: 'suggestions',
      columns: [column('Name'), column('Account'), ...principalColumns.slice(2)],
      rows: largest.map((s) => {
        const [name, , ...rest] = principalRow(s, '');
        return [name ?? s.name, s.accountName, ...rest];
      }),
    }),
    accountsHtml: [
      renderTable('', tables.decisions),
      renderTable('', tables.coverage),
      populationTable(accounts),
      exemptionTable(totals.exemptions),
    ].join(''),
    warningsHtml: renderTable('', {
      title: 'Warnings',
      anchor: 'limits',
      columns: [column('Warning')],
      rows: [...totals.warnings, ...notes.warnings].map((w) => [w]),
    }),
    unmappedHtml: renderTable('', {
      title: 'Unmapped events',
      note: 'Calls that no IAM action could be found for. They are counted here and credited to nobody.',
      anchor: 'unmapped',
      columns: [column('Event', 'code'), column('Source', 'code'), column('Calls', 'number')],
      rows: mapping.unmapped.map((u) => [u.eventName, u.eventSource, u.count]),
      more: 'json/report.json',
    }),
  });
}
