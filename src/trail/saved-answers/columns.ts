import { at } from '../../base/checked.js';
import { iso } from '../../base/time.js';

/** Rows as columns. A missing field is read back as undefined. */
export interface Columns {
  readonly length: number;
  readonly columns: readonly Column[];
}

type Numbers = Int32Array | Float64Array;

/**
 * Per row: an integer, a time (in the format of `iso`) in seconds since 1970, an index into distinct values, or a
 * list of rows.
 */
type Column =
  | { readonly name: string; readonly kind: 'number' | 'time'; readonly numbers: Numbers }
  | {
      readonly name: string;
      readonly kind: 'value';
      readonly values: readonly unknown[];
      readonly numbers: Uint32Array;
    }
  | {
      readonly name: string;
      readonly kind: 'rows';
      /** Number of rows up to the end of each list. */
      readonly ends: Uint32Array;
      readonly rows: Columns;
    };

/** Reading rows as JSON takes several times as long, mostly to create the same few strings again. */
export function toColumns(rows: readonly object[]): Columns {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => {
    const values = rows.map((row) => (row as Readonly<Record<string, unknown>>)[name]);
    return (
      numberColumn(name, values) ??
      timeColumn(name, values) ??
      rowsColumn(name, values) ??
      valueColumn(name, values)
    );
  });
  return { length: rows.length, columns };
}

function numberColumn(name: string, values: readonly unknown[]): Column | null {
  const numbers = Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN));
  return numbers.every(Number.isSafeInteger) ? { name, kind: 'number', numbers: shorten(numbers) } : null;
}

function timeColumn(name: string, values: readonly unknown[]): Column | null {
  const numbers = new Float64Array(values.length);
  for (const [row, value] of values.entries()) {
    const seconds = typeof value === 'string' ? Date.parse(value) / 1000 : NaN;
    if (!Number.isSafeInteger(seconds) || iso(seconds) !== value) return null;
    numbers[row] = seconds;
  }
  return { name, kind: 'time', numbers: shorten(numbers) };
}

/** For lists whose elements all have the same keys in the same order. */
function rowsColumn(name: string, values: readonly unknown[]): Column | null {
  const rows: object[] = [];
  const ends = new Uint32Array(values.length);
  let keys: string | undefined;
  for (const [row, value] of values.entries()) {
    if (!Array.isArray(value)) return null;
    for (const element of value as unknown[]) {
      if (typeof element !== 'object' || element === null || Array.isArray(element)) return null;
      const own = Object.keys(element).join('\n');
      keys ??= own;
      if (own !== keys) return null;
      rows.push(element);
    }
    ends[row] = rows.length;
  }
  return { name, kind: 'rows', ends, rows: toColumns(rows) };
}

function valueColumn(name: string, all: readonly unknown[]): Column {
  const values = new Map<unknown, number>();
  const numbers = Uint32Array.from(all, (value) => {
    const number = values.get(value) ?? values.size;
    values.set(value, number);
    return number;
  });
  return { name, kind: 'value', values: [...values.keys()], numbers };
}

function shorten(numbers: Float64Array): Numbers {
  return numbers.every((number) => number === (number | 0)) ? Int32Array.from(numbers) : numbers;
}

/** Returns an equal value that is already known, or the value itself. */
export type Share = (value: unknown) => unknown;

/** @returns the original rows */
export function* fromColumns<Row>({ length, columns }: Columns, share: Share): Generator<Row> {
  // Copies of one object share a hidden class from the start.
  const empty = Object.fromEntries(columns.map(({ name }) => [name, undefined as unknown]));
  const readers = columns.map((column) => ({ name: column.name, read: readerFor(column, share) }));
  for (let i = 0; i < length; i += 1) {
    const row = { ...empty };
    for (const { name, read } of readers) row[name] = read(i);
    yield row as Row;
  }
}

/** @returns a function for the value of a row; call it for all rows in order */
function readerFor(column: Column, share: Share): (row: number) => unknown {
  switch (column.kind) {
    case 'number':
      return (row) => column.numbers[row];
    case 'time':
      return (row) => iso(at(column.numbers, row));
    case 'value': {
      const values = column.values.map(share);
      return (row) => values[at(column.numbers, row)];
    }
    case 'rows': {
      const rows = fromColumns(column.rows, share);
      let next = 0;
      return (row) => {
        const list: unknown[] = [];
        for (; next < at(column.ends, row); next += 1) list.push(rows.next().value);
        return list;
      };
    }
  }
}
