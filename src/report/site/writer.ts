import type { AssumptionReview, PrincipalSummary, ReviewHead, ReviewTotals } from '../../review/types.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { FINDING_WORDS } from '../words.js';
import { renderAccount } from './account.js';
import { renderAssumptions } from './assumptions.js';
import { renderIndex } from './overview.js';
import { principalBody } from './principal/page.js';
import { accountPath, principalPath, renderPage, type Page } from './render.js';
import { grouped } from './table.js';
import { pages, script, stylesheet } from './templates.js';

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
  const open = (): { head: ReviewHead; out: OutputFolder } => {
    if (started === undefined) throw new Error('begin() comes first');
    return started;
  };
  const write = async (path: string, page: Page): Promise<void> => {
    const { head, out } = open();
    await out.writeFile(path, renderPage(head, page));
  };
  return {
    async begin(head, out) {
      started = { head, out };
      await out.writeFile(stylesheet.path, stylesheet.text);
      await out.writeFile(script.path, script.text);
    },
    async principal(principal, assumptions) {
      await write(principalPath(principal), {
        root: '../../../',
        title: principal.name,
        kicker: principal.type,
        account: { id: principal.accountId, name: principal.accountName },
        bodyHtml: principalBody(principal, assumptions, options.detail),
      });
    },
    assumption(assumption) {
      pairCount += 1;
      if (pairs.length < MAX_PAIRS) pairs.push(assumption);
      return Promise.resolve();
    },
    async end(totals: ReviewTotals) {
      const { head } = open();
      await write('index.html', {
        root: '',
        section: 'index',
        title: `Access review ${head.id}`,
        bodyHtml: renderIndex(head, totals),
      });
      const byAccount = new Map(totals.accounts.map((a) => [a.id, new Array<PrincipalSummary>()]));
      for (const s of totals.summaries) byAccount.get(s.accountId)?.push(s);
      for (const account of totals.accounts) {
        const bodies = renderAccount(account, byAccount.get(account.id) ?? []);
        for (const [i, bodyHtml] of bodies.entries())
          await write(accountPath(account.id, i + 1), {
            root: '../../',
            title: account.name,
            kicker: 'account',
            bodyHtml,
          });
      }
      const wanted = new Set(pairs.flatMap((a) => [a.sourceArn, a.roleArn]));
      const paths = new Map(
        totals.summaries.filter((s) => wanted.has(s.arn)).map((s) => [s.arn, principalPath(s)]),
      );
      await write('assumptions.html', {
        root: '',
        section: 'assumptions',
        title: 'Assumptions',
        bodyHtml: renderAssumptions(pairs, pairCount, (arn) => paths.get(arn)),
      });
      await write('methodology.html', {
        root: '',
        section: 'methodology',
        title: 'Methodology',
        bodyHtml: pages.methodology({
          ...head,
          catalog: head.catalogUpdatedAt.slice(0, 10),
          actions: grouped(head.catalogActions),
          findings: Object.values(FINDING_WORDS),
        }),
      });
    },
  };
}
