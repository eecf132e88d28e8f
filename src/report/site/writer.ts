import type {
  AssumptionReview,
  PrincipalReview,
  PrincipalSummary,
  ReviewHead,
  ReviewTotals,
} from '../../review/types.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { renderAccount, renderIndex } from './overview.js';
import { principalBody } from './principal.js';
import { cells, fileName, renderMethodology, renderPage, renderTable, script, stylesheet } from './render.js';

export interface SiteOptions {
  readonly detail: 'full' | 'services';
}

/** Assumption pairs that the page lists; the CSV has all. Keeps the page below 1 MB. */
const MAX_PAIRS = 1500;

/** Writes the static site. Principal pages go out as they come; write errors of the folder pass through. */
export function createSiteWriter(options: SiteOptions): ReportWriter {
  let started: { head: ReviewHead; out: OutputFolder } | undefined;
  const pairs: AssumptionReview[] = [];
  let pairCount = 0;
  const page = async (path: string, root: string, title: string, body: string): Promise<void> => {
    if (started === undefined) throw new Error('begin() comes first');
    await started.out.writeFile(path, renderPage(started.head, root, title, body));
  };
  const pathOf = (p: PrincipalReview | PrincipalSummary): string =>
    `accounts/${fileName(p.accountId)}/${p.type}s/${fileName(p.id)}.html`;
  return {
    async begin(head, out) {
      started = { head, out };
      await out.writeFile(stylesheet.path, stylesheet.text);
      await out.writeFile(script.path, script.text);
    },
    async principal(principal, assumptions) {
      await page(
        pathOf(principal),
        '../../../',
        principal.name,
        principalBody(principal, assumptions, options.detail),
      );
    },
    assumption(assumption) {
      pairCount += 1;
      if (pairs.length < MAX_PAIRS) pairs.push(assumption);
      return Promise.resolve();
    },
    async end(totals: ReviewTotals) {
      await page('index.html', '', 'Access review', renderIndex(totals, pathOf));
      for (const account of totals.accounts) {
        const body = renderAccount(
          account,
          totals.summaries.filter((s) => s.accountId === account.id),
        );
        await page(`accounts/${fileName(account.id)}/index.html`, '../../', account.name, body);
      }
      const rows = pairs.map((a) =>
        cells(
          a.sourceArn,
          a.roleArn,
          a.allowed,
          a.assumed ? '✓ used' : '− unused',
          a.sessions,
          a.lastAssumed,
        ),
      );
      const note =
        pairCount > pairs.length
          ? `<p>The first ${pairs.length} of ${pairCount} pairs; all are in <a href="csv/assumptions.csv">the CSV</a>.</p>`
          : '';
      await page(
        'assumptions.html',
        '',
        'Assumptions',
        note +
          renderTable('', {
            caption: 'Who may assume, and did assume, which role',
            anchor: 'assumptions',
            columns: ['Source', 'Role', 'Allowed', 'Assumed', 'Sessions', 'Last'],
            rows,
          }),
      );
      await page('methodology.html', '', 'Methodology', renderMethodology());
    },
  };
}
