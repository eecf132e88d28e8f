import { parse } from 'csv-parse/sync';

/** One row of a CSV file: cells by column name, in lower case. */
interface TableRow {
  /** First line of the row, from 1. */
  readonly line: number;
  get(column: string): string;
}

export interface Table {
  /** Column names, in lower case. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Rows with more cells than columns. */
  readonly tooLong: readonly number[];
}

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Reads a CSV file as spreadsheets save it: UTF-8 with or without byte order mark, UTF-16 or Windows-1252,
 * separated by commas, semicolons or tabs, columns in any order. Removes what protects text from being read as a
 * formula or number: a leading apostrophe, and `="…"`.
 * @throws Error with the line, for unbalanced quotes
 */
export function readTable(bytes: Uint8Array): Table {
  // Excel reads and writes such a first line.
  const decoded = decode(bytes);
  const first = /^sep=.\r?\n/i.exec(decoded)?.[0] ?? '';
  const text = decoded.slice(first.length);
  const records = read(text, delimiterOf(text), first === '' ? 0 : 1);
  const [header, ...body] = records;
  const columns = (header?.cells ?? []).map((name) => plain(name).trim().toLowerCase());
  const rows: TableRow[] = [];
  const tooLong: number[] = [];
  for (const { line, cells } of body) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) tooLong.push(line);
    rows.push({
      line,
      get: (column) => plain(cells[columns.indexOf(column)] ?? '').trim(),
    });
  }
  return { columns, rows, tooLong };
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Excel's "CSV" without UTF-8, in western countries.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The separator with most columns in the first line. */
function delimiterOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const count = (delimiter: string): number => line.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}

function read(text: string, delimiter: string, linesBefore: number): { line: number; cells: string[] }[] {
  const parsed: unknown = parse(text, {
    delimiter,
    info: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  // By bytes: the line count of the parser counts a CRLF inside quotes twice.
  const bytes = Buffer.from(text, 'utf8');
  let [line, start] = [1 + linesBefore, 0];
  return (parsed as { info: { bytes: number }; record: string[] }[]).map(({ info, record }) => {
    const begins = line;
    line += bytes.toString('utf8', start, info.bytes).match(/\r\n|\r|\n/g)?.length ?? 0;
    start = info.bytes;
    return { line: begins, cells: record };
  });
}

function plain(cell: string): string {
  const asText = /^="(\d+)"$/.exec(cell)?.[1] ?? cell;
  return /^'[=+\-@\t\r\n＝＋－＠]/.test(asText) ? asText.slice(1) : asText;
}
