import type {
  AccountReview,
  AssumptionReview,
  PrincipalAssumptions,
  PrincipalReview,
  ReviewHead,
  ReviewTotals,
} from '../../review/types.js';
import { RowFile } from '../rows.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { csvLine, csvLines, type Cell } from './cells.js';
import { REVIEW_COLUMNS } from './columns.js';
import { PrivilegeFiles } from './privileges.js';
import {
  ASSUMPTION_COLUMNS,
  assumptionCells,
  POPULATION_COLUMNS,
  PRINCIPAL_TABLES,
  TRAIL_PRINCIPAL_COLUMNS,
  type PrincipalTable,
} from './tables.js';

export interface CsvOptions {
  readonly detail: 'full' | 'services';
}

export function createCsvWriter(options: CsvOptions): ReportWriter {
  return new CsvWriter(options.detail);
}

interface Started {
  readonly head: ReviewHead;
  readonly out: OutputFolder;
  readonly review: RowFile;
  readonly tables: readonly { readonly table: PrincipalTable; readonly file: RowFile }[];
  readonly assumptions: RowFile;
  readonly privileges: PrivilegeFiles | undefined;
}

class CsvWriter implements ReportWriter {
  #state: Started | undefined;
  /** Rows of access-review.csv by account: counted here, so that the tie-out is one between two counts. */
  readonly #written = new Map<string, { whole: number; incomplete: number }>();
  readonly #detail: CsvOptions['detail'];

  constructor(detail: CsvOptions['detail']) {
    this.#detail = detail;
  }

  async begin(head: ReviewHead, out: OutputFolder): Promise<void> {
    const names = REVIEW_COLUMNS.map(([name]) => name);
    const tables = [];
    for (const table of PRINCIPAL_TABLES)
      tables.push({ table, file: await open(out, table.name, table.columns) });
    this.#state = {
      head,
      out,
      tables,
      review: await open(out, 'access-review', names),
      assumptions: await open(out, 'assumptions', ASSUMPTION_COLUMNS),
      privileges:
        this.#detail === 'full'
          ? await PrivilegeFiles.begin(
              out,
              head.accounts.map(({ id }) => id),
            )
          : undefined,
    };
  }

  async principal(principal: PrincipalReview, assumptions: PrincipalAssumptions): Promise<void> {
    const { head, review, tables, privileges } = this.#started();
    await review.add(csvLine(REVIEW_COLUMNS.map(([, value]) => value(principal, assumptions, head))));
    const written = this.#written.get(principal.accountId) ?? { whole: 0, incomplete: 0 };
    written[principal.state === 'incomplete' ? 'incomplete' : 'whole'] += 1;
    this.#written.set(principal.accountId, written);
    for (const { table, file } of tables) {
      const rows = table.rows(principal, head, this.#detail);
      if (rows.length > 0) await file.add(csvLines(rows), rows.length);
    }
    await privileges?.add(principal);
  }

  async assumption(pair: AssumptionReview): Promise<void> {
    await this.#started().assumptions.add(csvLine(assumptionCells(pair)));
  }

  async end({ accounts }: ReviewTotals): Promise<void> {
    const { out, review, tables, assumptions, privileges } = this.#started();
    await privileges?.close();
    for (const file of [review, assumptions, ...tables.map((table) => table.file)]) await file.close();
    await writeRows(
      out,
      'population',
      POPULATION_COLUMNS,
      accounts.map((account) => this.#tieOut(account)),
    );
    await writeRows(out, 'trail-principals', TRAIL_PRINCIPAL_COLUMNS, accounts.flatMap(trailPrincipals));
  }

  #tieOut({ id, name, counts }: AccountReview): readonly Cell[] {
    const { whole, incomplete } = this.#written.get(id) ?? { whole: 0, incomplete: 0 };
    return [id, name, counts.principals, whole, incomplete, counts.principals - whole - incomplete];
  }

  #started(): Started {
    if (this.#state === undefined) throw new Error('begin has not been called');
    return this.#state;
  }
}

const open = (out: OutputFolder, name: string, columns: readonly string[]): Promise<RowFile> =>
  RowFile.open(out, `csv/${name}.csv`, csvLine(columns));

async function writeRows(
  out: OutputFolder,
  name: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const file = await open(out, name, columns);
  for (const row of rows) await file.add(csvLine(row));
  await file.close();
}

const trailPrincipals = ({ id, name, trailOnly }: AccountReview): (readonly Cell[])[] =>
  trailOnly.map((t) => [
    ...[id, name, t.kind, t.arn, t.id, t.events, t.succeeded, t.denied, t.failed, t.first, t.last],
    t.actions.map(({ action }) => action),
  ]);
