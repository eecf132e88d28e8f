import { grouped, plural } from '../../base/plural.js';
import { cut, percent } from './text.js';
import { compareText } from '../../base/compare.js';
import type { PrincipalSummary, ReviewHead } from '../../review/types.js';
import { coverageTable, DECISIONS, decisionsTable, grantsTable, recordingTable } from './account-tables.js';
import type { OverviewCollector } from './overview-collector.js';
import { dataEventGroups } from './data-events.js';
import { barHtml, barWidth } from './html.js';
import { exemptionTable, populationTable } from './population.js';
import { principalLink, riskWords } from './principal-rows.js';
import type { ReviewPage, WholeReview } from './review-page.js';
import { escalationCount, riskTables } from './risk-tables.js';
import { column, renderTable } from './table.js';
import { template } from './templates.js';
import { crossAccountCard, crossAccountTable } from './trusts.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { INDEX_TABLES } from '../../wording/page-tables.js';
import { CARDS, INDEX_TEXTS, PAGE_TITLES, SECTION_LABELS } from '../../wording/pages.js';
import type { DescribedAccount, DescribedTotals } from '../../wording/described.js';

const fillIndex = template('index');

/** Maximum number of bars in the chart; the table of accounts has all. */
const CHART_BARS = 20;
/** Maximum number of account names under "Scope". */
const FEW_NAMES = 12;
/** Bytes of HTML of a list that can be long, so that the index stays small with 100 accounts. */
const LIST_BUDGET = 12_000;
/** Maximum number of accounts with incomplete logs that are listed. */
const MAX_INCOMPLETE = 50;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const share = (part: number, whole: number): string =>
  whole <= 0 ? CARDS.usedShare.none : percent(part, whole);

/** Accounts with the most grants. */
const charted = (accounts: readonly DescribedAccount[]): DescribedAccount[] =>
  accounts.toSorted((a, b) => b.counts.granted - a.counts.granted).slice(0, CHART_BARS);

function chart(bars: readonly DescribedAccount[]) {
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

function cards(head: ReviewHead, totals: DescribedTotals, collected: OverviewCollector): object[] {
  const { mapping, notes, summaries, accounts } = totals;
  const granted = sum(accounts.map((a) => a.counts.granted));
  const used = sum(accounts.map((a) => a.counts.used));
  const state = (wanted: string): string =>
    grouped(summaries.filter(({ state: found }) => found === wanted).length);
  const card = (value: string, label: string, note: string, anchor: string) => ({
    ...{ value, label, note, anchor },
  });
  const trusts = crossAccountCard(head, collected);
  return [
    card(
      grouped(summaries.length),
      CARDS.principals.label,
      CARDS.principals.note(state('inactive'), state('incomplete')),
      'status',
    ),
    card(
      share(used, granted),
      CARDS.usedShare.label,
      CARDS.usedShare.note(grouped(used), grouped(granted)),
      'used',
    ),
    card(grouped(sum(accounts.map((a) => a.counts.unused))), CARDS.unused.label, CARDS.unused.note, 'status'),
    card(
      grouped(collected.escalationPaths),
      CARDS.escalation.label,
      CARDS.escalation.note(plural(escalationCount(summaries), 'principal')),
      'risks',
    ),
    card(trusts.value, CARDS.trust.label, trusts.note, 'trust'),
    card(
      share(mapping.mappedEvents + mapping.noPermissionEvents, mapping.events),
      CARDS.mapped.label,
      CARDS.mapped.note(plural(mapping.events, 'event'), notes.engine.label),
      'unmapped',
    ),
  ];
}

/** @param incomplete number of incomplete principals in words; null for none @param doubtful number of accounts */
function completeness(incomplete: string | null, doubtful: number): string {
  const parts = [
    ...(incomplete === null ? [] : [INDEX_TEXTS.incomplete(incomplete)]),
    ...(doubtful === 0 ? [] : [INDEX_TEXTS.doubtful(plural(doubtful, 'account'))]),
  ];
  return parts.length === 0 ? INDEX_TEXTS.complete : parts.join('; ');
}

/** Period, accounts, log source and completeness. */
function scope(head: ReviewHead, { accounts, notes, summaries, mapping }: DescribedTotals): object {
  const names = head.accounts.map(({ name }) => cut(name));
  const incomplete = summaries.filter(({ state }) => state === 'incomplete').length;
  const emptyDays = sum(accounts.map(({ days }) => days.all - days.covered));
  return {
    start: head.period.start.slice(0, 10),
    end: head.period.end.slice(0, 10),
    names: names.slice(0, FEW_NAMES),
    moreNames: names.length > FEW_NAMES ? grouped(names.length - FEW_NAMES) : null,
    engine: notes.engine.label,
    events: plural(mapping.events, 'event'),
    completeness: completeness(
      notes.incomplete.length === 0 && incomplete === 0 ? null : plural(incomplete, 'principal'),
      accounts.filter(({ doubt }) => doubt !== null).length,
    ),
    emptyDays: emptyDays > 0 ? plural(emptyDays, 'day') : null,
    dataEvents: dataEventGroups(
      accounts.map(({ name, recording }) => ({ name, dataEvents: recording.dataEvents })),
    ),
  };
}

export const INDEX_PAGE: ReviewPage = {
  path: 'index.html',
  content: 'overview',
  label: SECTION_LABELS.index,
  title: ({ id }) => PAGE_TITLES.index(id),
  toSign: true,
  body: renderIndex,
};

function renderIndex({ head, totals, collected }: WholeReview): string {
  const { mapping, summaries, accounts } = totals;
  const bars = charted(accounts);
  return fillIndex({
    accounts: plural(accounts.length, 'account'),
    principals: plural(summaries.length, 'principal'),
    cards: cards(head, totals, collected),
    scope: scope(head, totals),
    decisions: decisionBars(summaries),
    incomplete: incompleteAccounts(head, totals),
    doubts: doubtfulAccounts(accounts),
    chart: chart(bars),
    grantsHtml: renderTable('', grantsTable(bars)),
    risksHtml: riskTables(summaries),
    trustsHtml: crossAccountTable(head, collected),
    largestHtml: largestTable(summaries),
    accountsHtml: [
      renderTable('', decisionsTable(accounts)),
      renderTable('', coverageTable(accounts)),
      renderTable('', recordingTable(accounts)),
      populationTable(accounts),
      exemptionTable(totals.exemptions),
    ].join(''),
    warningsHtml: renderTable('', {
      ...INDEX_TABLES.warnings,
      anchor: 'limits',
      columns: [column(COLUMNS.warning)],
      rows: totals.warnings.map((w) => [w]),
      budget: LIST_BUDGET,
      more: 'manifest.json',
    }),
    unmappedHtml: unmappedTable(mapping),
  });
}

const decisionBars = (summaries: readonly PrincipalSummary[]): object[] =>
  DECISIONS.map((decision) => {
    const count = summaries.filter((s) => s.decision === decision).length;
    return { decision, count: grouped(count), barHtml: barHtml(count, summaries.length) };
  });

function incompleteAccounts({ accounts }: ReviewHead, { notes }: DescribedTotals): object[] {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return notes.incomplete.slice(0, MAX_INCOMPLETE).map(({ accountId, reason }) => ({
    account: cut(accountId === null ? INDEX_TEXTS.allAccounts : (names.get(accountId) ?? accountId)),
    reason: cut(reason),
  }));
}

const doubtfulAccounts = (accounts: readonly DescribedAccount[]): object[] =>
  accounts.flatMap(({ name, doubt }) => (doubt === null ? [] : [{ account: cut(name), reason: cut(doubt) }]));

/** Suggestions that take away the most unused actions. */
function largestTable(summaries: readonly PrincipalSummary[]): string {
  const largest = summaries
    .filter((s) => s.counts.unused > 0 && (s.decision === 'reduce' || s.decision === 'remove'))
    .toSorted((a, b) => b.counts.unused - a.counts.unused || compareText(a.arn, b.arn))
    .slice(0, 10);
  return renderTable('', {
    ...INDEX_TABLES.largest,
    anchor: 'suggestions',
    columns: [
      column(COLUMNS.name),
      column(COLUMNS.account),
      column(COLUMNS.suggestion, 'badge'),
      column(COLUMNS.lastActivity, 'time'),
      column(COLUMNS.shareUsed, 'share'),
      column(COLUMNS.grantedActionCount, 'number'),
      column(COLUMNS.unusedActionCount, 'number'),
      column(COLUMNS.risksAndTags, 'tags'),
    ],
    rows: largest.map((s) => [
      principalLink(s, ''),
      s.accountName,
      s.decision,
      s.lastActivity,
      { used: s.counts.used, of: s.counts.granted },
      s.counts.granted,
      s.counts.unused,
      riskWords(s),
    ]),
  });
}

const unmappedTable = ({ unmapped }: DescribedTotals['mapping']): string =>
  renderTable('', {
    ...INDEX_TABLES.unmapped,
    anchor: 'unmapped',
    columns: [
      column(COLUMNS.event, 'code'),
      column(COLUMNS.eventSource, 'code'),
      column(COLUMNS.calls, 'number'),
    ],
    rows: unmapped.map((u) => [u.eventName, u.eventSource, u.count]),
    budget: LIST_BUDGET,
    more: 'json/report.json',
  });
