import { at } from '../base/checked.js';

/**
 * Rows as lines with aligned columns.
 * @param left number of columns, from the first, that are aligned to the left; by default all
 */
export function textTable(rows: readonly (readonly string[])[], left = Infinity): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const aligned = (cell: string, column: number): string =>
    column < left ? cell.padEnd(at(widths, column)) : cell.padStart(at(widths, column));
  return rows.map((row) => row.map(aligned).join('  ').trimEnd());
}
