import type { FileOfReport } from '../../../model/files.js';
import type { Cell } from '../cells.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

/** A CSV column: name, meaning (source of docs/outputs-csv.md) and value. */
export type Column<Row> = readonly [name: string, meaning: string, value: (row: Row) => Cell];

interface CsvFile extends Omit<FileOfReport, 'path'> {
  /** The path is `csv/<name>.csv`. */
  readonly name: string;
}

export interface Table<Row> extends CsvFile {
  readonly columns: readonly Column<Row>[];
}

/** A table of any row type. */
export interface Header extends CsvFile {
  readonly columns: readonly (readonly [name: string, meaning: string, value: unknown])[];
}

export const cellsOf = <Row>({ columns }: Pick<Table<Row>, 'columns'>, row: Row): readonly Cell[] =>
  columns.map(([, , value]) => value(row));

/** First columns of files about principals. */
export const WHO: readonly Column<{ readonly p: DescribedPrincipal }>[] = [
  ['account_id', 'account ID, 12 digits', ({ p }) => p.accountId],
  ['account_name', 'account name in the configuration', ({ p }) => p.accountName],
  ['principal_type', 'user or role', ({ p }) => p.type],
  ['principal_name', 'name without path', ({ p }) => p.name],
  ['principal_arn', 'ARN of the principal', ({ p }) => p.arn],
];
