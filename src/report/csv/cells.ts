import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | boolean | null | readonly string[];

/** Maximum number of characters in a spreadsheet cell (Excel specifications and limits). */
const MAX_CELL = 32_767;

/** Start of a cell that some spreadsheet reads as a formula, full-width forms included (OWASP: CSV Injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

export const LINE_END = '\r\n';

/** Text format of rows. */
export interface CsvFormat {
  /** Start of a file. */
  readonly start: string;
  lines(rows: readonly (readonly Cell[])[]): string;
}

/** RFC 4180 lines with CRLF; lists are joined with `; `, formulas get a leading apostrophe. */
export const PLAIN: CsvFormat = { start: '', lines: (rows) => toLines(rows, toText) };

/** The same for Excel: with a byte order mark, and long numbers (account IDs) as text with all digits. */
export const EXCEL: CsvFormat = {
  start: '\uFEFF',
  lines: (rows) =>
    toLines(rows, (cell) => {
      const text = toText(cell);
      return typeof cell !== 'number' && /^\d{11,}$|^0\d+$/.test(text) ? `="${text}"` : text;
    }),
};

export interface Columns {
  readonly columns: readonly (readonly [name: string, ...unknown[]])[];
}

/** First line of a file. */
export const headerOf = (format: CsvFormat, { columns }: Columns): string =>
  format.start + format.lines([columns.map(([name]) => name)]);

const toLines = (rows: readonly (readonly Cell[])[], text: (cell: Cell) => string): string =>
  stringify(
    rows.map((cells) => cells.map(text)),
    // Some spreadsheets end a line at either type of line break.
    { record_delimiter: LINE_END, quoted_match: /[\r\n]/ },
  );

function toText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  const text = typeof cell === 'string' ? cell : joinList(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return safe.length > MAX_CELL
    ? `${safe.slice(0, MAX_CELL - 12).replace(/[\uD800-\uDBFF]$/, '')} (cut here)`
    : safe;
}

/** Whole items only: a list that does not fit ends with the number of omitted items. */
function joinList(items: readonly string[]): string {
  const joined = items.join('; ');
  if (joined.length < MAX_CELL) return joined;
  let text = '';
  for (const [i, item] of items.entries()) {
    if (text.length + item.length + 40 > MAX_CELL) return `${text}… (+${items.length - i} more)`;
    text += `${item}; `;
  }
  return text;
}
