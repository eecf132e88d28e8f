import { cut, minute } from './text.js';
import { accountPath } from '../paths.js';
import type { ReviewHead } from '../../review/types.js';
import { pages, script, type Asset } from './templates.js';
import { SECTION_LABELS } from '../../wording/pages.js';

/** The pages that every page links to; changes where there was a review before. */
const SECTIONS = [
  { id: 'index', label: SECTION_LABELS.index, path: 'index.html' },
  { id: 'assumptions', label: SECTION_LABELS.assumptions, path: 'assumptions.html' },
  { id: 'changes', label: SECTION_LABELS.changes, path: 'changes.html' },
  { id: 'methodology', label: SECTION_LABELS.methodology, path: 'methodology.html' },
] as const;

export interface Page {
  /** The relative way to the report's folder, '' or ending in `/`. */
  readonly root: string;
  readonly title: string;
  readonly kicker?: string;
  readonly account?: { readonly id: string; readonly name: string };
  readonly section?: (typeof SECTIONS)[number]['id'];
  /** Printed with a block to sign. */
  readonly toSign?: boolean;
  /** HTML that is already escaped. */
  readonly bodyHtml: string;
}

/** A whole page. What is not of the page itself does not depend on the run, so the same page has the same bytes. */
export const renderPage = (head: ReviewHead, css: Asset, page: Page): string =>
  '<!doctype html>\n' +
  pages.layout({
    ...page,
    title: cut(page.title),
    account: page.account && { name: cut(page.account.name), href: page.root + accountPath(page.account.id) },
    sections: SECTIONS.filter(({ id }) => id !== 'changes' || head.previous !== undefined).map(
      ({ id, label, path }) => ({
        label,
        href: page.root + path,
        here: id === page.section,
      }),
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
