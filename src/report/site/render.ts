import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { ReviewHead } from '../../review/types.js';

const folder = new URL('../../../templates/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const compile = (name: string) => Handlebars.compile<object>(read(`${name}.hbs`));
const pages = {
  layout: compile('layout'),
  table: compile('table'),
  principal: compile('principal'),
  methodology: compile('methodology'),
};

function asset(name: string, extension: string): { path: string; text: string } {
  const text = read(`assets/${name}.${extension}`);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { path: `assets/${name}.${hash}.${extension}`, text };
}
export const stylesheet = asset('site', 'css');
export const script = asset('site', 'js');

export interface Cell {
  readonly text: string | number;
  readonly href?: string;
}
export interface Table {
  readonly caption: string;
  readonly anchor: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A file name from an id: letters, digits, `_` and `-` only. */
export const fileName = (id: string): string => id.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 128);
export const cells = (...values: (string | number | null)[]): Cell[] =>
  values.map((value) => ({ text: typeof value === 'string' ? value.slice(0, 300) : (value ?? '–') }));
/** `root` is the relative way to the report's folder, '' or ending in `/`. */
export const renderTable = (root: string, table: Table): string =>
  pages.table({ ...table, rows: table.rows.slice(0, 400), root });
export const renderPrincipal = (view: object): string => pages.principal(view);
export const renderMethodology = (): string => pages.methodology({});
/** A whole page; `body` is HTML that is already escaped. */
export const renderPage = (head: ReviewHead, root: string, title: string, body: string): string =>
  '<!doctype html>\n' + pages.layout({ head, root, title, body, css: stylesheet.path, js: script.path });
