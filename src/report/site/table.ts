import type { UsedAction } from '../../review/types.js';
import { pages } from './templates.js';

/** Longest text of a cell: names may be 4 kB of hostile text, and the data files hold them whole. */
const MAX_TEXT = 300;
/** Characters of HTML that one table may take: several tables make a page of at most 1 MB. */
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
/** Texts of which each stands for itself, whatever direction it is written in. */
export interface Parts {
  readonly parts: readonly string[];
  readonly between: string;
}
/** A share is used and granted; a list is shown as tags. */
export type Value =
  string | number | null | Link | Parts | readonly string[] | { readonly used: number; readonly of: number };
export type Row = readonly Value[];
export interface Table {
  readonly title: string;
  /** A sentence for the caption. */
  readonly note?: string;
  /** Where methodology.html explains it. */
  readonly anchor: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Where all rows are, when the page has room for only some; relative to the report's folder. */
  readonly more?: string;
  readonly budget?: number;
  readonly filter?: boolean;
  /** A heading of level 3 inside another section. */
  readonly sub?: boolean;
  /** Of the section, for links to it. */
  readonly id?: string | undefined;
}

export const column = (label: string, kind: Kind = 'text'): Column => ({ label, kind });
export const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
/** `2026-07-01T09:30:00Z` as `2026-07-01 09:30`. */
export const minute = (time: string): string => time.slice(0, 16).replace('T', ' ');
/** 3212 as `3,212`. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
/** `1 user`, `2 users`. */
export const counted = (n: number, noun: string): string => `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
/** A share in percent with one digit, or a dash when there is nothing to share; 100 only when whole, 0 only when nothing. */
export const percent = (part: number, whole: number): string =>
  whole <= 0
    ? '–'
    : part > 0 && part / whole < 0.001
      ? '<0.1%'
      : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)}%`;
/** The actions with most calls, in words. */
export const busiest = (actions: readonly UsedAction[], most = 6): string =>
  joined(
    actions
      .toSorted((a, b) => b.count - a.count || (a.action < b.action ? -1 : 1))
      .map(({ action, count }) => `${action} (${grouped(count)})`),
    most,
  );
/** A few items in words, cut to the room of a cell. */
export const joined = (items: readonly string[], most = 8): string =>
  items.slice(0, most).join(', ') + (items.length > most ? ` and ${items.length - most} more` : '');

/** The sign of each status; colour alone would not do. */
export const MARKS: Readonly<Record<string, string>> = {
  used: '✓',
  unused: '−',
  unknown: '?',
  ungranted: '+',
};

function view(value: Value, kind: Kind, head: boolean): object {
  const base = { head, kind };
  if (value === null) return { ...base, text: '–' };
  if (typeof value === 'number') return { ...base, text: grouped(value) };
  if (typeof value === 'string') {
    if (kind === 'time') return { ...base, time: value, text: minute(value) };
    if (kind === 'mark') return { ...base, mark: value, symbol: MARKS[value], text: value };
    return { ...base, badge: kind === 'badge', text: cut(value) };
  }
  if ('href' in value) return { ...base, href: value.href, text: cut(value.text) };
  if ('parts' in value) return { ...base, parts: partsOf(value) };
  if ('of' in value)
    return {
      ...base,
      share: true,
      text: percent(value.used, value.of),
      width: barWidth(value.used, value.of),
    };
  return { ...base, tags: value.slice(0, 6).map((tag) => cut(tag).slice(0, 80)) };
}

/** At most this many parts in a cell. */
const MAX_PARTS = 12;

const partsOf = ({ parts, between }: Parts): object[] => {
  const shown =
    parts.length > MAX_PARTS ? [...parts.slice(0, MAX_PARTS - 2), '…', parts.at(-1) ?? ''] : parts;
  return shown.map((text, i) => ({ between: i === 0 ? '' : between, text: cut(text) }));
};

/** Width of a bar of 100 units; something is never drawn as nothing. */
export const barWidth = (part: number, whole: number): number =>
  whole <= 0 || part <= 0 ? 0 : Math.max(1, Math.round((100 * part) / whole));

/** One row of a table as HTML. */
export const renderRow = (columns: readonly Column[], row: Row): string =>
  pages.row({ cells: row.map((value, i) => view(value, columns[i]?.kind ?? 'text', i === 0)) });

/** Frames rows that are already HTML. */
export function frameTable(
  root: string,
  table: Omit<Table, 'rows'>,
  rowsHtml: readonly string[],
  total: number,
): string {
  return pages.table({
    ...table,
    narrow: table.columns.length <= 3 && table.sub !== true,
    root,
    rowsHtml: rowsHtml.join('\n'),
    some: total > 0,
    total: grouped(total),
    cutTo: rowsHtml.length < total ? grouped(rowsHtml.length) : null,
  });
}

/** A table with its heading; '' without rows. `root` is the relative way to the report's folder, '' or ending in `/`. */
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
