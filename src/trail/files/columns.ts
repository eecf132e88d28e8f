import { iso } from '../time.js';

/** Rows with the same fields, by field. */
export interface Columns {
  readonly length: number;
  readonly columns: readonly Column[];
}

type Numbers = Int32Array | Float64Array;

/** Of each row: a whole number, or a time (as `iso` writes it) in seconds since 1970, or the number of one of a few values. */
type Column =
  | { readonly name: string; readonly kind: 'number' | 'time'; readonly numbers: Numbers }
  | {
      readonly name: string;
      readonly kind: 'value';
      readonly values: readonly unknown[];
      readonly numbers: Uint32Array;
    };

/** For the cache: most of the time of reading rows from it is that of texts. */
export function toColumns(rows: readonly object[]): Columns {
  const columns = Object.keys(rows[0] ?? {}).map((name) => {
    const values = rows.map((row) => (row as Readonly<Record<string, unknown>>)[name]);
    return numberColumn(name, values) ?? timeColumn(name, values) ?? valueColumn(name, values);
  });
  return { length: rows.length, columns };
}

function numberColumn(name: string, values: readonly unknown[]): Column | null {
  const numbers = Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN));
  return numbers.every(Number.isSafeInteger) ? { name, kind: 'number', numbers: short(numbers) } : null;
}

function timeColumn(name: string, values: readonly unknown[]): Column | null {
  const numbers = new Float64Array(values.length);
  for (const [row, value] of values.entries()) {
    const seconds = typeof value === 'string' ? Date.parse(value) / 1000 : NaN;
    if (!Number.isSafeInteger(seconds) || iso(seconds) !== value) return null;
    numbers[row] = seconds;
  }
  return { name, kind: 'time', numbers: short(numbers) };
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

function short(numbers: Float64Array): Numbers {
  return numbers.every((number) => number === (number | 0)) ? Int32Array.from(numbers) : numbers;
}

/** @returns the rows that they were made from */
export function* fromColumns<Row>({ length, columns }: Columns): Generator<Row> {
  // Copies of one object have the same hidden class at once.
  const empty = Object.fromEntries(columns.map(({ name }) => [name, undefined as unknown]));
  for (let i = 0; i < length; i += 1) {
    const row = { ...empty };
    for (const column of columns) row[column.name] = valueAt(column, i);
    yield row as Row;
  }
}

function valueAt(column: Column, row: number): unknown {
  const number = column.numbers[row] ?? 0;
  if (column.kind === 'value') return column.values[number];
  return column.kind === 'time' ? iso(number) : number;
}
