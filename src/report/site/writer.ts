import { accountPath, principalPath } from '../paths.js';
import { grouped } from '../../base/plural.js';
import { RISKS } from '../../model/risk-table.js';
import type { PrincipalSummary, ReviewHead, ReviewTotals } from '../../review/types.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { renderAccount } from './account.js';
import { renderAssumptions } from './assumptions.js';
import { OverviewCollector } from './overview-collector.js';
import { renderIndex } from './overview.js';
import { principalBody } from './principal/page.js';
import { renderPage, type Page } from './render.js';
import { writeSearch } from './search.js';
import { renderShared, SharedPages } from './shared.js';
import { pages, script, stylesheet, type Asset } from './templates.js';
import { KICKERS, PAGE_TITLES } from '../../wording/pages.js';
import { TRUST_FINDINGS } from '../../wording/trust.js';

export interface SiteOptions {
  readonly detail: 'full' | 'services';
}

interface Started {
  readonly head: ReviewHead;
  readonly out: OutputFolder;
  readonly css: Asset;
}

/** Writes the static site. Principal pages go out as they come; write errors of the folder pass through. */
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
      await write('index.html', {
        root: '',
        section: 'index',
        title: PAGE_TITLES.index(head.id),
        toSign: true,
        bodyHtml: renderIndex(head, totals, collected),
      });
      await writeAccounts(totals, write);
      await write('assumptions.html', {
        root: '',
        section: 'assumptions',
        title: PAGE_TITLES.assumptions,
        bodyHtml: renderAssumptions(head, collected, pathsOf(collected, totals.summaries)),
      });
      await write('methodology.html', {
        root: '',
        section: 'methodology',
        title: PAGE_TITLES.methodology,
        bodyHtml: pages.methodology({
          ...head,
          catalog: head.catalogUpdatedAt.slice(0, 10),
          actions: grouped(head.catalogActions),
          findings: Object.values(TRUST_FINDINGS),
          risks: Object.values(RISKS),
        }),
      });
      await writeSearch(totals.summaries, head.accounts, out);
    },
  };
}

async function writeAccounts(
  totals: ReviewTotals,
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

/** Finds the pages of those who are in the listed pairs. */
function pathsOf(
  collected: OverviewCollector,
  summaries: readonly PrincipalSummary[],
): (arn: string) => string | undefined {
  const wanted = new Set(collected.pairs().flatMap((a) => [a.sourceArn, a.roleArn]));
  const paths = new Map(summaries.filter((s) => wanted.has(s.arn)).map((s) => [s.arn, principalPath(s)]));
  return (arn) => paths.get(arn);
}
