import { accountPath, principalPath } from '../paths.js';
import type { PrincipalSummary, ReviewHead } from '../../review/types.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { renderAccount } from './account.js';
import { OverviewCollector } from './overview-collector.js';
import { REVIEW_PAGES } from './pages.js';
import { principalBody } from './principal/page.js';
import { renderPage, type Page } from './render.js';
import { writeSearch } from './search.js';
import { renderShared, SharedPages } from './shared.js';
import { script, stylesheet, type Asset } from './templates.js';
import { KICKERS } from '../../wording/pages.js';
import type { DescribedTotals } from '../../wording/described.js';

export interface SiteOptions {
  readonly detail: 'full' | 'services';
}

interface Started {
  readonly head: ReviewHead;
  readonly out: OutputFolder;
  readonly css: Asset;
}

/**
 * Writes the static site. Principal pages are written as principals arrive; write errors of the folder are passed
 * on.
 */
export function createSiteWriter(options: SiteOptions): ReportWriter {
  let started: Started | undefined;
  const collected = new OverviewCollector();
  const shared = new SharedPages();
  const open = (): Started => {
    if (started === undefined) throw new Error('begin() comes first');
    return started;
  };
  const write = async (path: string, page: Page): Promise<void> => {
    const { head, out, css } = open();
    await out.writeFile(path, renderPage(head, css, page));
  };
  return {
    async begin(head, out) {
      const css = stylesheet(head);
      started = { head, out, css };
      for (const { path, text } of [css, script()]) await out.writeFile(path, text);
    },
    async principal(principal, assumptions) {
      collected.principal(principal);
      await write(principalPath(principal), {
        root: '../../../',
        title: principal.name,
        kicker: principal.type,
        account: { id: principal.accountId, name: principal.accountName },
        toSign: true,
        bodyHtml: principalBody(principal, assumptions, {
          detail: options.detail,
          period: open().head.period,
          shared,
        }),
      });
      for (const page of shared.take()) await write(page.path, renderShared(page));
    },
    assumption(assumption) {
      collected.assumption(assumption);
      return Promise.resolve();
    },
    async end(totals) {
      const { head, out } = open();
      const pageOf = pathsOf(collected, totals.summaries);
      for (const { path, title, toSign = false, body } of REVIEW_PAGES) {
        if (body === null) continue;
        const bodyHtml = body({ head, totals, collected, pageOf });
        await write(path, { root: '', path, title: title(head), toSign, bodyHtml });
      }
      await writeAccounts(totals, write);
      await writeSearch(totals.summaries, head.accounts, out);
    },
  };
}

async function writeAccounts(
  totals: DescribedTotals,
  write: (path: string, page: Page) => Promise<void>,
): Promise<void> {
  const byAccount = new Map(totals.accounts.map((a) => [a.id, new Array<PrincipalSummary>()]));
  for (const s of totals.summaries) byAccount.get(s.accountId)?.push(s);
  for (const account of totals.accounts) {
    const bodies = renderAccount(account, byAccount.get(account.id) ?? []);
    for (const [i, bodyHtml] of bodies.entries())
      await write(accountPath(account.id, i + 1), {
        root: '../../',
        title: account.name,
        kicker: KICKERS.account,
        toSign: i === bodies.length - 1,
        bodyHtml,
      });
  }
}

/** Finds the pages of principals in listed pairs. */
function pathsOf(
  collected: OverviewCollector,
  summaries: readonly PrincipalSummary[],
): (arn: string) => string | undefined {
  const wanted = new Set(collected.pairs().flatMap((a) => [a.sourceArn, a.roleArn]));
  const paths = new Map(summaries.filter((s) => wanted.has(s.arn)).map((s) => [s.arn, principalPath(s)]));
  return (arn) => paths.get(arn);
}
