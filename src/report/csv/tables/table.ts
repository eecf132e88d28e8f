import type { FileOfReport } from '../../../model/files.js';
import type { Cell } from '../cells.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

/** A column of a CSV file: its name, its meaning (docs/outputs-csv.md is made from these), and how to fill it. */
export type Column<Row> = readonly [name: string, meaning: string, value: (row: Row) => Cell];

interface CsvFile extends Omit<FileOfReport, 'path'> {
  /** The path is `csv/<name>.csv`. */
  readonly name: string;
}

export interface Table<Row> extends CsvFile {
  readonly columns: readonly Column<Row>[];
}

/** A table whatever its rows are. */
export interface Header extends CsvFile {
  readonly columns: readonly (readonly [name: string, meaning: string, value: unknown])[];
}

export const cellsOf = <Row>({ columns }: Pick<Table<Row>, 'columns'>, row: Row): readonly Cell[] =>
  columns.map(([, , value]) => value(row));

/** The first columns of files about principals. */
export const WHO: readonly Column<{ readonly p: DescribedPrincipal }>[] = [
  ['account_id', 'account ID, 12 digits', ({ p }) => p.accountId],
  ['account_name', 'account name in the configuration', ({ p }) => p.accountName],
  ['principal_type', 'user or role', ({ p }) => p.type],
  ['principal_name', 'name without path', ({ p }) => p.name],
  ['principal_arn', 'ARN of the principal', ({ p }) => p.arn],
];
