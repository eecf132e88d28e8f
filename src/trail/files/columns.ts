/** Rows with the same fields, by field: each value once, and of each row its number. */
export interface Columns {
  readonly length: number;
  readonly columns: readonly {
    readonly name: string;
    readonly values: readonly unknown[];
    readonly numbers: Uint32Array;
  }[];
}

/** For the cache: half of the time of reading rows from it is that of texts which other rows have too. */
export function toColumns(rows: readonly object[]): Columns {
  const columns = Object.keys(rows[0] ?? {}).map((name) => {
    const values = new Map<unknown, number>();
    const numbers = Uint32Array.from(rows, (row) => {
      const value = (row as Readonly<Record<string, unknown>>)[name];
      const number = values.get(value) ?? values.size;
      values.set(value, number);
      return number;
    });
    return { name, values: [...values.keys()], numbers };
  });
  return { length: rows.length, columns };
}

/** @returns the rows that they were made from */
export function* fromColumns<Row>({ length, columns }: Columns): Generator<Row> {
  for (let i = 0; i < length; i += 1) {
    const row: Record<string, unknown> = {};
    for (const { name, values, numbers } of columns) row[name] = values[numbers[i] ?? 0];
    yield row as Row;
  }
}
