import type { AssumptionReview } from '../../review/types.js';
import { column, counted, grouped, joined, renderTable, type Link } from './table.js';

/** The HTML of the page of assumptions; `pageOf` finds the page of a principal by its ARN. */
export function renderAssumptions(
  pairs: readonly AssumptionReview[],
  total: number,
  pageOf: (arn: string) => string | undefined,
): string {
  const link = (arn: string): Link => ({ text: arn, href: pageOf(arn) });
  if (pairs.length === 0)
    return '<p class="lead">No role may be assumed by a user, and none was assumed.</p>';
  const unused = pairs.filter((p) => !p.assumed).length;
  return (
    `<p class="lead">${counted(pairs.length, 'pair')} of a principal and a role listed here; not used in the period: ${grouped(unused)}.</p>` +
    renderTable('', {
      title: 'Pairs',
      note:
        total > pairs.length
          ? `The first ${grouped(pairs.length)} of ${grouped(total)} pairs; csv/assumptions.csv has all.`
          : 'Who may assume, and did assume, which role.',
      anchor: 'assumptions',
      filter: true,
      budget: 850_000,
      more: 'csv/assumptions.csv',
      columns: [
        column('Source', 'arn'),
        column('Role', 'arn'),
        column('Allowed', 'word'),
        column('Assumed', 'mark'),
        column('Sessions', 'number'),
        column('Last (UTC)', 'time'),
        column('Actions in those sessions', 'code'),
      ],
      rows: pairs.map((a) => [
        link(a.sourceArn),
        link(a.roleArn),
        a.allowed,
        a.assumed ? 'used' : 'unused',
        a.sessions,
        a.lastAssumed,
        joined(
          a.actions.map((x) => x.action),
          4,
        ),
      ]),
    })
  );
}
