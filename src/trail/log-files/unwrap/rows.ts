import { isObject } from '../../../base/is-object.js';
import type { Json } from './record-keys.js';

/** Rows of a query as objects by column name; undefined unless they are results of CloudTrail Lake or Athena. */
export function rowsOf(value: Json): readonly Json[] | undefined {
  if (Array.isArray(value.QueryResultRows)) return value.QueryResultRows.map(lakeRow);
  return isObject(value.ResultSet) ? athenaRows(value.ResultSet) : undefined;
}

/** A list of objects with one column each (CloudTrail API Reference: GetQueryResults). */
const lakeRow = (row: unknown): Json =>
  Object.fromEntries(
    (Array.isArray(row) ? row : [row]).flatMap((column) => (isObject(column) ? Object.entries(column) : [])),
  );

/**
 * Values by position; column names are separate, and in the first row of the first page (Athena API Reference:
 * ResultSet).
 */
function athenaRows({ Rows, ResultSetMetadata }: Json): readonly Json[] | undefined {
  if (!Array.isArray(Rows)) return undefined;
  const rows = Rows.map((row: unknown) =>
    itemsOf(row, 'Data').map((cell) => (isObject(cell) ? cell.VarCharValue : null)),
  );
  const columns = itemsOf(ResultSetMetadata, 'ColumnInfo').map((column) =>
    isObject(column) ? column.Name : null,
  );
  const names = columns.length > 0 ? columns : (rows[0] ?? []);
  return rows
    .filter((row) => !row.every((cell, at) => cell === names[at]))
    .map((row) =>
      Object.fromEntries(
        names.flatMap((name, at) => (typeof name === 'string' ? [[name, row[at] ?? null]] : [])),
      ),
    );
}

const itemsOf = (value: unknown, key: string): readonly unknown[] => {
  const items: unknown = isObject(value) ? value[key] : undefined;
  return Array.isArray(items) ? items : [];
};
