import type { AssumptionReview, PrincipalAssumptions, ReviewHead } from '../../review/types.js';
import { RowFile } from '../rows.js';
import type { OutputFolder, ReportWriter } from '../types.js';
import { EXCEL, headerOf, PLAIN, type Columns, type CsvFormat } from './cells.js';
import { PROFILES, type CsvProfile } from './profiles/all.js';
import { ACCESS_REVIEW } from './tables/access-review.js';
import { PRINCIPAL_TABLES } from './tables/all.js';
import { ASSUMPTIONS } from './tables/assumptions.js';
import { EXEMPTIONS } from './tables/exemptions.js';
import { missingRows, POPULATION } from './tables/population.js';
import type { PrincipalTable } from './tables/principal-table.js';
import { PrivilegeFiles } from './tables/privileges.js';
import { RECORDING, recordingRows } from './tables/recording.js';
import { cellsOf, type Table } from './tables/table.js';
import { TRAIL_PRINCIPALS, trailPrincipals } from './tables/trail-principals.js';
import type { DescribedAccount, DescribedPrincipal, DescribedTotals } from '../../wording/described.js';

export interface CsvOptions {
  readonly detail: 'full' | 'services';
  /** For Excel: see `EXCEL`. */
  readonly excel?: boolean;
  /** Also writes access-review.<tool>.csv for the import of that tool. */
  readonly profile?: CsvProfile | undefined;
}

export interface CsvWriter extends ReportWriter {
  /** Principals in the IAM files without a row in access-review.csv; known after `end`. */
  readonly missingRows: number;
}

export function createCsvWriter(options: CsvOptions): CsvWriter {
  return new AllCsvFiles(options);
}

interface Started {
  readonly head: ReviewHead;
  readonly out: OutputFolder;
  readonly review: RowFile;
  readonly profile: RowFile | undefined;
  readonly tables: readonly { readonly table: PrincipalTable; readonly file: RowFile }[];
  readonly assumptions: RowFile;
  readonly privileges: PrivilegeFiles | undefined;
}

class AllCsvFiles implements CsvWriter {
  #state: Started | undefined;
  /** Rows of access-review.csv by account, counted here, so that the comparison is between independent counts. */
  readonly #written = new Map<string, { whole: number; incomplete: number }>();
  readonly #detail: CsvOptions['detail'];
  readonly #format: CsvFormat;
  readonly #profile: CsvProfile | undefined;
  missingRows = 0;

  constructor({ detail, excel, profile }: CsvOptions) {
    this.#detail = detail;
    this.#format = excel === true ? EXCEL : PLAIN;
    this.#profile = profile;
  }

  async begin(head: ReviewHead, out: OutputFolder): Promise<void> {
    const open = (table: { readonly name: string } & Columns): Promise<RowFile> =>
      RowFile.open(out, `csv/${table.name}.csv`, headerOf(this.#format, table));
    const tables = [];
    for (const table of PRINCIPAL_TABLES) tables.push({ table, file: await open(table) });
    const profile = this.#profile;
    this.#state = {
      head,
      out,
      tables,
      review: await open(ACCESS_REVIEW),
      profile:
        profile === undefined
          ? undefined
          : await open({ name: `access-review.${profile}`, columns: PROFILES[profile] }),
      assumptions: await open(ASSUMPTIONS),
      privileges:
        this.#detail === 'full'
          ? await PrivilegeFiles.begin(
              out,
              head.accounts.map(({ id }) => id),
              this.#format,
            )
          : undefined,
    };
  }

  async principal(principal: DescribedPrincipal, assumptions: PrincipalAssumptions): Promise<void> {
    const { head, review, profile, tables, privileges } = this.#started();
    const row = { p: principal, assumptions, head };
    await review.add(this.#format.lines([cellsOf(ACCESS_REVIEW, row)]));
    if (this.#profile !== undefined) {
      await profile?.add(this.#format.lines([PROFILES[this.#profile].map(([, value]) => value(principal))]));
    }
    const written = this.#written.get(principal.accountId) ?? { whole: 0, incomplete: 0 };
    written[principal.state === 'incomplete' ? 'incomplete' : 'whole'] += 1;
    this.#written.set(principal.accountId, written);
    for (const { table, file } of tables) {
      const rows = table.rows(principal, { head, detail: this.#detail });
      if (rows.length > 0) await file.add(this.#format.lines(rows), rows.length);
    }
    await privileges?.add(principal);
  }

  async assumption(pair: AssumptionReview): Promise<void> {
    await this.#started().assumptions.add(this.#format.lines([cellsOf(ASSUMPTIONS, pair)]));
  }

  async end({ accounts, exemptions }: DescribedTotals): Promise<void> {
    const { review, profile, tables, assumptions, privileges } = this.#started();
    await privileges?.close();
    for (const file of [review, assumptions, ...tables.map((table) => table.file)]) await file.close();
    await profile?.close();
    const population = accounts.map((account) => ({ account, ...this.#rowsOf(account) }));
    await this.#writeRows(POPULATION, population);
    this.missingRows = population.reduce((sum, row) => sum + Math.abs(missingRows(row)), 0);
    await this.#writeRows(RECORDING, accounts.flatMap(recordingRows));
    await this.#writeRows(TRAIL_PRINCIPALS, accounts.flatMap(trailPrincipals));
    await this.#writeRows(EXEMPTIONS, exemptions);
  }

  #rowsOf({ id }: DescribedAccount): { readonly whole: number; readonly incomplete: number } {
    return this.#written.get(id) ?? { whole: 0, incomplete: 0 };
  }

  async #writeRows<Row>(table: Table<Row>, rows: readonly Row[]): Promise<void> {
    const { out } = this.#started();
    const file = await RowFile.open(out, `csv/${table.name}.csv`, headerOf(this.#format, table));
    for (const row of rows) await file.add(this.#format.lines([cellsOf(table, row)]));
    await file.close();
  }

  #started(): Started {
    if (this.#state === undefined) throw new Error('begin has not been called');
    return this.#state;
  }
}
