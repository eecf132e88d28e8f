import { cut, minute } from './text.js';
import { accountPath } from '../paths.js';
import type { ReviewHead } from '../../review/types.js';
import { REVIEW_PAGES } from './pages.js';
import { script, template, type Asset } from './templates.js';

const fillLayout = template('layout');

export interface Page {
  /** Relative path to the report folder, '' or ending in `/`. */
  readonly root: string;
  readonly title: string;
  readonly kicker?: string;
  readonly account?: { readonly id: string; readonly name: string };
  /** Own path, for pages in `REVIEW_PAGES`. */
  readonly path?: string;
  /** Printed with a signature block. */
  readonly toSign?: boolean;
  /** Escaped HTML. */
  readonly bodyHtml: string;
}

/** A complete page. The frame does not depend on the run, so the same page has the same bytes. */
export const renderPage = (head: ReviewHead, css: Asset, page: Page): string =>
  '<!doctype html>\n' +
  fillLayout({
    ...page,
    title: cut(page.title),
    account: page.account && { name: cut(page.account.name), href: page.root + accountPath(page.account.id) },
    sections: REVIEW_PAGES.filter(({ when }) => when !== 'compared' || head.previous !== undefined).map(
      ({ label, path }) => ({ label, href: page.root + path, here: path === page.path }),
    ),
    head: {
      ...head,
      catalog: head.catalogUpdatedAt.slice(0, 10),
      start: minute(head.period.start),
      end: minute(head.period.end),
    },
    css: css.path,
    js: script().path,
  });
