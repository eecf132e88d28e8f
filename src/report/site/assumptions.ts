import { grouped, plural } from '../../base/plural.js';
import { joined } from './text.js';
import { compareBy } from '../../base/compare.js';
import type { AssumptionReview } from '../../review/types.js';
import { assumptionGraph } from './assumption-graph.js';
import { pairMark, type OverviewCollector } from './overview-collector.js';
import type { ReviewPage, WholeReview } from './review-page.js';
import { column, renderTable, type Link } from './table.js';
import { template } from './templates.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { ROLE_ASSUMPTION_TABLES as TABLES } from '../../wording/page-tables.js';
import { PAGE_TITLES, ROLE_ASSUMPTION_TEXTS as TEXTS, SECTION_LABELS } from '../../wording/pages.js';
import { CALLER_KINDS } from '../../wording/principals.js';

const fillAssumptions = template('assumptions');

export const ASSUMPTIONS_PAGE: ReviewPage = {
  path: 'assumptions.html',
  content: 'role assumptions',
  label: SECTION_LABELS.assumptions,
  title: () => PAGE_TITLES.assumptions,
  body: renderAssumptions,
};

function renderAssumptions({ head, collected, pageOf }: WholeReview): string {
  const pairs = collected.pairs();
  const total = collected.usedPairs + collected.unusedPairs + collected.unknownPairs;
  if (total === 0) return `<p class="lead">${TEXTS.none}</p>`;
  const names = new Map(head.accounts.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? (id === '' ? TEXTS.unknownAccount : id);
  return fillAssumptions({
    total: plural(total, 'pair'),
    used: grouped(collected.usedPairs),
    unused: grouped(collected.unusedPairs),
    unknown: collected.unknownPairs === 0 ? null : grouped(collected.unknownPairs),
    graphHtml: assumptionGraph(pairs, total, collected.accountPairs, nameOf),
    accountsHtml: accountTable(collected, nameOf),
    pairsHtml: pairTable(pairs, total, pageOf),
    chainsHtml: chainTable(collected),
  });
}

function pairTable(pairs: readonly AssumptionReview[], total: number, pageOf: WholeReview['pageOf']): string {
  const link = (arn: string): Link => ({ text: arn, href: pageOf(arn) });
  return renderTable('', {
    title: TABLES.pairs.title,
    note: total > pairs.length ? TABLES.somePairs(grouped(pairs.length), grouped(total)) : TABLES.pairs.note,
    anchor: 'assumptions',
    filter: true,
    budget: 650_000,
    more: 'csv/assumptions.csv',
    columns: [
      column(COLUMNS.source, 'arn'),
      column(COLUMNS.role, 'arn'),
      column(COLUMNS.allowed, 'word'),
      column(COLUMNS.assumed, 'mark'),
      column(COLUMNS.sessions, 'number'),
      column(COLUMNS.lastAssumed, 'time'),
      column(COLUMNS.usedActions, 'code'),
    ],
    rows: pairs.map((a) => [
      link(a.sourceArn),
      link(a.roleArn),
      a.allowed,
      pairMark(a),
      a.sessions,
      a.lastAssumed,
      joined(
        a.actions.map(({ action }) => action),
        4,
      ),
    ]),
  });
}

const chainTable = (collected: OverviewCollector): string =>
  renderTable('', {
    ...TABLES.chains,
    id: 'chains',
    anchor: 'origins',
    more: 'csv/assumptions.csv',
    columns: [
      column(COLUMNS.path, 'arn'),
      column(COLUMNS.originalCaller, 'word'),
      column(COLUMNS.sessions, 'number'),
      column(COLUMNS.firstAssumed, 'time'),
      column(COLUMNS.lastAssumed, 'time'),
    ],
    rows: collected
      .chains()
      .map((c) => [
        { parts: [...c.path, c.roleArn], between: ' → ' },
        CALLER_KINDS[c.kind],
        c.sessions,
        c.first,
        c.last,
      ]),
  });

const accountTable = ({ accountPairs }: OverviewCollector, nameOf: (id: string) => string): string =>
  renderTable('', {
    ...TABLES.accounts,
    anchor: 'assumptions',
    budget: 60_000,
    more: 'csv/assumptions.csv',
    columns: [
      column(COLUMNS.sourceAccount),
      column(COLUMNS.roleAccount),
      column(COLUMNS.usedPairs, 'number'),
      column(COLUMNS.unusedPairs, 'number'),
      column(COLUMNS.unknownPairs, 'number'),
    ],
    rows: [...accountPairs.values()]
      .sort(compareBy(({ from, to }) => from + to))
      .map(({ from, to, used, unused, unknown }) => [nameOf(from), nameOf(to), used, unused, unknown]),
  });
