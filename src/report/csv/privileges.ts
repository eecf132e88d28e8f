import type { PrincipalReview } from '../../review/types.js';
import { RowFile } from '../rows.js';
import type { OutputFolder } from '../types.js';
import { headerOf, type CsvFormat } from './cells.js';
import { who } from './tables.js';

const COLUMNS =
  'account_id,account_name,principal_type,principal_name,principal_arn,service,action,status,count,first_used,last_used,granted_by'.split(
    ',',
  );
const ROWS_AT_ONCE = 500;

/** csv/privileges/<accountId>.csv: one row per principal and action. Principals come account by account. */
export class PrivilegeFiles {
  readonly #out: OutputFolder;
  readonly #format: CsvFormat;
  #current: { readonly accountId: string; readonly file: RowFile } | undefined;

  private constructor(out: OutputFolder, format: CsvFormat) {
    this.#out = out;
    this.#format = format;
  }

  /** Also an account without principals has its file: an empty one is evidence, a missing one is a question. */
  static async begin(
    out: OutputFolder,
    accountIds: readonly string[],
    format: CsvFormat,
  ): Promise<PrivilegeFiles> {
    const files = new PrivilegeFiles(out, format);
    for (const id of accountIds) await (await files.#open(id)).close();
    return files;
  }

  async add(principal: PrincipalReview): Promise<void> {
    if (this.#current?.accountId !== principal.accountId) {
      await this.close();
      this.#current = { accountId: principal.accountId, file: await this.#open(principal.accountId) };
    }
    const { file } = this.#current;
    const prefix = who(principal);
    const used = new Map([...principal.used, ...principal.ungranted].map((use) => [use.action, use]));
    const rows = [
      ...principal.used.map(({ action }) => [action, 'used'] as const),
      ...principal.ungranted.map(({ action }) => [action, 'ungranted'] as const),
      ...principal.unused.map((action) => [action, 'unused'] as const),
      ...principal.unknown.map((action) => [action, 'unknown'] as const),
    ].sort(([a], [b]) => (a < b ? -1 : 1));
    // In pieces: one call per row is slow, and an administrator's 22,000 rows are too long for one text.
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const piece = rows.slice(from, from + ROWS_AT_ONCE);
      const lines = this.#format.lines(
        piece.map(([action, status]) => {
          const use = used.get(action);
          return [
            ...prefix,
            action.split(':')[0] ?? '',
            action,
            status,
            use?.count ?? 0,
            use?.firstUsed ?? null,
            use?.lastUsed ?? null,
            principal.grantedBy(action),
          ];
        }),
      );
      await file.add(lines, piece.length);
    }
  }

  async close(): Promise<void> {
    await this.#current?.file.close();
  }

  #open(accountId: string): Promise<RowFile> {
    return RowFile.open(this.#out, `csv/privileges/${accountId}.csv`, headerOf(this.#format, COLUMNS));
  }
}
