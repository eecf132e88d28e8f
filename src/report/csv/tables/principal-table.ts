import type { ReviewHead } from '../../../review/types.js';
import type { Cell } from '../cells.js';
import { cellsOf, type Column, type Header } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

interface Context {
  readonly head: ReviewHead;
  readonly detail: 'full' | 'services';
}

/** A file with any number of rows per principal. */
export interface PrincipalTable extends Header {
  rows(principal: DescribedPrincipal, context: Context): readonly (readonly Cell[])[];
}

export const principalTable = <Row>(
  name: string,
  content: string,
  columns: readonly Column<Row>[],
  rowsOf: (principal: DescribedPrincipal, context: Context) => readonly Row[],
): PrincipalTable => ({
  name,
  content,
  columns,
  rows: (principal, context) => rowsOf(principal, context).map((row) => cellsOf({ columns }, row)),
});
