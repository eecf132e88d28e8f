import { required } from '../../base/checked.js';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { ReviewHead } from '../../review/types.js';
import { PRINT_HEADER } from '../../wording/pages.js';

const folder = new URL('../../../templates/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const engine = Handlebars.create();
/** Built-in helpers only: names are then not looked up among helpers, which is faster. */
const compile = (name: string) => engine.compile<object>(read(`${name}.hbs`), { knownHelpersOnly: true });

/**
 * Fills templates/<name>.hbs, which is compiled on first use. Every value is escaped, except values whose names end
 * in `Html`.
 */
export function template(name: string): (values: object) => string {
  let compiled: ReturnType<typeof compile> | undefined;
  return (values) => (compiled ??= compile(name))(values);
}

/** The name has a hash, so that a browser never shows a new page with an old style. */
export interface Asset {
  readonly path: string;
  readonly text: string;
}
function asset(name: string, extension: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { path: `assets/${name}.${hash}.${extension}`, text };
}
let siteScript: Asset | undefined;
export const script = (): Asset => (siteScript ??= asset('site', 'js', read('assets/site.js')));

let style: string | undefined;
/** A CSS string (CSS Syntax: strings); nothing in it can end the string. */
const cssString = (text: string): string =>
  `"${text.replace(/[^A-Za-z0-9 .,:–-]/gu, (c) => `\\${required(c.codePointAt(0), 'code point').toString(16)} `)}"`;

/** Printed pages show review and period, which only the style sheet can put on every sheet. */
export function stylesheet({ id, period }: Pick<ReviewHead, 'id' | 'period'>): Asset {
  const left = cssString(PRINT_HEADER.left(id.slice(0, 80)));
  const right = cssString(PRINT_HEADER.right(period.start.slice(0, 10), period.end.slice(0, 10)));
  return asset(
    'site',
    'css',
    `${(style ??= read('assets/site.css'))}@page{margin:18mm 14mm;@top-left{content:${left}}@top-right{content:${right}}@bottom-right{content:"Page " counter(page) " of " counter(pages)}}\n`,
  );
}
