import { at } from '../../base/checked.js';
import { cut, minute, percent } from './text.js';
import { grouped } from '../../base/plural.js';
import { barHtml, escape, isolate, isolatePath, markHtml } from './html.js';
import { template } from './templates.js';

const fillTable = template('table');

/** Characters of HTML per table: several tables make a page of at most 1 MB. */
export const TABLE_BUDGET = 90_000;

export type Kind =
  'text' | 'wide' | 'code' | 'number' | 'time' | 'tags' | 'mark' | 'share' | 'word' | 'arn' | 'badge';
export interface Column {
  readonly label: string;
  readonly kind: Kind;
}
export interface Link {
  readonly text: string;
  readonly href: string | undefined;
}
/** Texts that are isolated from each other's direction. */
interface Parts {
  readonly parts: readonly string[];
  readonly between: string;
}
/** A share is used and granted; a list is shown as tags. */
type Value =
  string | number | null | Link | Parts | readonly string[] | { readonly used: number; readonly of: number };
export type Row = readonly Value[];
export interface Table {
  readonly title: string;
  /** Caption. */
  readonly note?: string;
  /** Section of methodology.html that explains the table. */
  readonly anchor: string;
  /** Text of the link to it; 'How this is counted' by default. */
  readonly linkText?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** File with all rows, if the page has only some; relative to the report folder. */
  readonly more?: string;
  readonly budget?: number;
  readonly filter?: boolean;
  /** A level-3 heading inside another section. */
  readonly sub?: boolean;
  /** Without section and heading, and with a hidden caption: the context explains it. */
  readonly bare?: boolean;
  /** ID of the section, for links. */
  readonly id?: string | undefined;
}

export const column = (label: string, kind: Kind = 'text'): Column => ({ label, kind });
/** Maximum number of parts in a cell, and of tags. */
const MAX_PARTS = 12;
const MAX_TAGS = 6;

const partsHtml = ({ parts, between }: Parts, kind: Kind): string => {
  const shown =
    parts.length > MAX_PARTS ? [...parts.slice(0, MAX_PARTS - 2), '…', ...parts.slice(-1)] : parts;
  return shown.map((text) => textHtml(text, kind)).join(escape(between));
};
const textHtml = (text: string, kind: Kind): string =>
  kind === 'arn' ? isolatePath(cut(text)) : isolate(cut(text));
const pill = (text: string, className = ''): string =>
  `<span class="pill${className === '' ? '' : ` ${className}`}">${isolate(text)}</span>`;

function cellHtml(value: Value, kind: Kind): string {
  if (value === null) return '–';
  if (typeof value === 'number') return grouped(value);
  if (typeof value === 'string') {
    if (kind === 'time') return `<time datetime="${escape(value)}">${escape(minute(value))}</time>`;
    if (kind === 'mark') return markHtml(value, value);
    if (kind === 'badge') return pill(cut(value), /^[a-z]+$/.test(value) ? value : '');
    return textHtml(value, kind);
  }
  if ('href' in value) {
    const text = textHtml(value.text, kind);
    return value.href === undefined ? text : `<a href="${escape(value.href)}">${text}</a>`;
  }
  if ('parts' in value) return partsHtml(value, kind);
  if ('of' in value) return `${barHtml(value.used, value.of)} ${percent(value.used, value.of)}`;
  return value
    .slice(0, MAX_TAGS)
    .map((tag) => pill(cut(tag).slice(0, 80)))
    .join(' ');
}

/** One row as HTML. Rows are most of a report: in code they take a tenth of a template's time. */
export function renderRow(columns: readonly Column[], row: Row): string {
  let html = '<tr>';
  for (const [i, value] of row.entries()) {
    const kind = at(columns, i).kind;
    html +=
      i === 0
        ? `<th scope="row" class="${kind}">${cellHtml(value, kind)}</th>`
        : `<td class="${kind}">${cellHtml(value, kind)}</td>`;
  }
  return `${html}</tr>`;
}

/** Adds the frame to rows that are already HTML. */
export function frameTable(
  root: string,
  table: Omit<Table, 'rows'>,
  rowsHtml: readonly string[],
  total: number,
): string {
  return fillTable({
    ...table,
    narrow: table.columns.length <= 3 && table.sub !== true,
    root,
    rowsHtml: rowsHtml.join('\n'),
    some: total > 0,
    total: grouped(total),
    cutTo: rowsHtml.length < total ? grouped(rowsHtml.length) : null,
  });
}

/** A table with heading; '' without rows. `root` is the relative path to the report folder, '' or ending in `/`. */
export function renderTable(root: string, table: Table): string {
  if (table.rows.length === 0) return '';
  const rowsHtml: string[] = [];
  let room = table.budget ?? TABLE_BUDGET;
  for (const row of table.rows) {
    const html = renderRow(table.columns, row);
    room -= html.length;
    if (room < 0 && rowsHtml.length > 0) break;
    rowsHtml.push(html);
  }
  return frameTable(root, table, rowsHtml, table.rows.length);
}
