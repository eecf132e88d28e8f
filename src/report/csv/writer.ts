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
import { EXCEL, headerOf, PLAIN, type Cell, type CsvFormat } from './cells.js';
import { REVIEW_COLUMNS } from './columns.js';
import { PrivilegeFiles } from './privileges.js';
import { PROFILES, type CsvProfile } from './profiles/all.js';
import {
  ASSUMPTION_COLUMNS,
  assumptionCells,
  EXEMPTION_COLUMNS,
  exemptionCells,
  POPULATION_COLUMNS,
  PRINCIPAL_TABLES,
  RECORDING_COLUMNS,
  recordingRows,
  TRAIL_PRINCIPAL_COLUMNS,
  type PrincipalTable,
} from './tables.js';

export interface CsvOptions {
  readonly detail: 'full' | 'services';
  /** For Excel: see `EXCEL`. */
  readonly excel?: boolean;
  /** Another list of the principals, beside access-review.csv, for the import of that tool. */
  readonly profile?: CsvProfile | undefined;
}

export interface CsvWriter extends ReportWriter {
  /** Entries of the IAM files that have no row in access-review.csv; 0 when all have. Known after `end`. */
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
  /** Rows of access-review.csv by account: counted here, so that the tie-out is one between two counts. */
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
    const open = (name: string, columns: readonly string[]): Promise<RowFile> =>
      RowFile.open(out, `csv/${name}.csv`, headerOf(this.#format, columns));
    const tables = [];
    for (const table of PRINCIPAL_TABLES) tables.push({ table, file: await open(table.name, table.columns) });
    const profile = this.#profile;
    this.#state = {
      head,
      out,
      tables,
      review: await open('access-review', namesOf(REVIEW_COLUMNS)),
      profile:
        profile === undefined
          ? undefined
          : await open(`access-review.${profile}`, namesOf(PROFILES[profile])),
      assumptions: await open('assumptions', ASSUMPTION_COLUMNS),
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

  async principal(principal: PrincipalReview, assumptions: PrincipalAssumptions): Promise<void> {
    const { head, review, profile, tables, privileges } = this.#started();
    await review.add(
      this.#format.lines([REVIEW_COLUMNS.map(([, value]) => value(principal, assumptions, head))]),
    );
    if (this.#profile !== undefined) {
      await profile?.add(this.#format.lines([PROFILES[this.#profile].map(([, value]) => value(principal))]));
    }
    const written = this.#written.get(principal.accountId) ?? { whole: 0, incomplete: 0 };
    written[principal.state === 'incomplete' ? 'incomplete' : 'whole'] += 1;
    this.#written.set(principal.accountId, written);
    for (const { table, file } of tables) {
      const rows = table.rows(principal, head, this.#detail);
      if (rows.length > 0) await file.add(this.#format.lines(rows), rows.length);
    }
    await privileges?.add(principal);
  }

  async assumption(pair: AssumptionReview): Promise<void> {
    await this.#started().assumptions.add(this.#format.lines([assumptionCells(pair)]));
  }

  async end({ accounts, exemptions }: ReviewTotals): Promise<void> {
    const { review, profile, tables, assumptions, privileges } = this.#started();
    await privileges?.close();
    for (const file of [review, assumptions, ...tables.map((table) => table.file)]) await file.close();
    await profile?.close();
    const population = accounts.map((account) => this.#tieOut(account));
    await this.#writeRows('population', POPULATION_COLUMNS, population);
    this.missingRows = population.reduce((sum, row) => sum + Math.abs(row[5]), 0);
    await this.#writeRows('recording', RECORDING_COLUMNS, accounts.flatMap(recordingRows));
    await this.#writeRows('trail-principals', TRAIL_PRINCIPAL_COLUMNS, accounts.flatMap(trailPrincipals));
    await this.#writeRows('exemptions', EXEMPTION_COLUMNS, exemptions.map(exemptionCells));
  }

  #tieOut({ id, name, listed }: AccountReview): readonly [string, string, number, number, number, number] {
    const { whole, incomplete } = this.#written.get(id) ?? { whole: 0, incomplete: 0 };
    return [id, name, listed, whole, incomplete, listed - whole - incomplete];
  }

  async #writeRows(
    name: string,
    columns: readonly string[],
    rows: readonly (readonly Cell[])[],
  ): Promise<void> {
    const { out } = this.#started();
    const file = await RowFile.open(out, `csv/${name}.csv`, headerOf(this.#format, columns));
    for (const row of rows) await file.add(this.#format.lines([row]));
    await file.close();
  }

  #started(): Started {
    if (this.#state === undefined) throw new Error('begin has not been called');
    return this.#state;
  }
}

const namesOf = (columns: readonly (readonly [string, unknown])[]): string[] => columns.map(([name]) => name);

const trailPrincipals = ({ id, name, trailOnly }: AccountReview): (readonly Cell[])[] =>
  trailOnly.map((t) => [
    ...[id, name, t.kind, t.arn, t.id, t.events, t.succeeded, t.denied, t.failed, t.first, t.last],
    t.actions.map(({ action }) => action),
  ]);
