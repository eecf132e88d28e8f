import type { ReviewHead } from '../../review/types.js';
import { ACTOR_WORDS } from '../words.js';
import { assumptionGraph } from './assumption-graph.js';
import { pairMark, type OverviewCollector } from './overview-collector.js';
import { column, counted, grouped, joined, renderTable, type Link } from './table.js';
import { pages } from './templates.js';

/** The HTML of the page of assumptions; `pageOf` finds the page of a principal by its ARN. */
export function renderAssumptions(
  head: ReviewHead,
  collected: OverviewCollector,
  pageOf: (arn: string) => string | undefined,
): string {
  const pairs = collected.pairs();
  const total = collected.usedPairs + collected.unusedPairs + collected.unknownPairs;
  if (total === 0) return '<p class="lead">No user or role can assume a role, and no role was assumed.</p>';
  const names = new Map(head.accounts.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? (id === '' ? 'unknown account' : id);
  const link = (arn: string): Link => ({ text: arn, href: pageOf(arn) });
  return pages.assumptions({
    total: counted(total, 'pair'),
    used: grouped(collected.usedPairs),
    unused: grouped(collected.unusedPairs),
    unknown: collected.unknownPairs === 0 ? null : grouped(collected.unknownPairs),
    graphHtml: assumptionGraph(pairs, total, collected.accountPairs, nameOf),
    accountsHtml: accountTable(collected, nameOf),
    pairsHtml: renderTable('', {
      title: 'Pairs',
      note:
        total > pairs.length
          ? `First ${grouped(pairs.length)} of ${grouped(total)} pairs, used pairs first; csv/assumptions.csv lists all.`
          : 'Who can assume which role, and who did.',
      anchor: 'assumptions',
      filter: true,
      budget: 650_000,
      more: 'csv/assumptions.csv',
      columns: [
        column('Source', 'arn'),
        column('Role', 'arn'),
        column('Allowed', 'word'),
        column('Assumed', 'mark'),
        column('Sessions', 'number'),
        column('Last assumed (UTC)', 'time'),
        column('Used actions', 'code'),
      ],
      rows: pairs.map((a) => [
        link(a.sourceArn),
        link(a.roleArn),
        a.allowed,
        pairMark(a),
        a.sessions,
        a.lastAssumed,
        joined(
          a.actions.map((x) => x.action),
          4,
        ),
      ]),
    }),
    chainsHtml: renderTable('', {
      title: 'Role chains',
      id: 'chains',
      note: 'Roles that were assumed from sessions of other roles. A path begins with the original caller.',
      anchor: 'origins',
      more: 'csv/assumptions.csv',
      columns: [
        column('Path', 'arn'),
        column('Original caller', 'word'),
        column('Sessions', 'number'),
        column('First assumed (UTC)', 'time'),
        column('Last assumed (UTC)', 'time'),
      ],
      rows: collected
        .chains()
        .map((c) => [
          { parts: [...c.path, c.roleArn], between: ' → ' },
          ACTOR_WORDS[c.kind],
          c.sessions,
          c.first,
          c.last,
        ]),
    }),
  });
}

const accountTable = ({ accountPairs }: OverviewCollector, nameOf: (id: string) => string): string =>
  renderTable('', {
    title: 'Pairs by account',
    note: 'Pairs by the account of the source and the account of the role.',
    anchor: 'assumptions',
    budget: 60_000,
    more: 'csv/assumptions.csv',
    columns: [
      column('Source account'),
      column('Role account'),
      column('✓ Used pairs', 'number'),
      column('− Unused pairs', 'number'),
      column('? Unknown pairs', 'number'),
    ],
    rows: [...accountPairs.values()]
      .sort((a, b) => (a.from + a.to < b.from + b.to ? -1 : 1))
      .map(({ from, to, used, unused, unknown }) => [nameOf(from), nameOf(to), used, unused, unknown]),
  });
