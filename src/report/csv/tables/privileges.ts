import { textBefore } from '../../../base/text-before.js';
import { compareBy } from '../../../base/compare.js';
import type { UsedAction } from '../../../review/types.js';
import { RowFile } from '../../rows.js';
import type { OutputFolder } from '../../types.js';
import { headerOf, LINE_END, type CsvFormat } from '../cells.js';
import { cellsOf, WHO, type Column, type Header } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

interface Use {
  readonly action: string;
  readonly status: 'used' | 'unused' | 'unknown' | 'ungranted';
  readonly use: UsedAction | null;
}

// A row is joined from these parts.
const USE: readonly Column<Use>[] = [
  ['service', 'service prefix, for example s3', ({ action }) => textBefore(action, ':')],
  ['action', 'action, for example s3:ListBucket', ({ action }) => action],
  ['status', 'used, unused, unknown or ungranted', ({ status }) => status],
  ['count', 'number of succeeded calls', ({ use }) => use?.count ?? 0],
  ['first_used', 'first use in the period', ({ use }) => use?.firstUsed ?? null],
  ['last_used', 'last use in the period', ({ use }) => use?.lastUsed ?? null],
];
const GRANTED_BY: readonly Column<readonly string[]>[] = [
  ['granted_by', 'policies that grant the action', (policies) => policies],
];
const REASON: readonly Column<string | null>[] = [
  ['status_reason', 'reason why the action is unknown or ungranted', (reason) => reason],
];

export const PRIVILEGES = {
  name: 'privileges/<accountId>',
  content: 'one row per principal and action, with its status and the policies that grant it',
  when: 'full',
  columns: [...WHO, ...USE, ...GRANTED_BY, ...REASON],
} satisfies Header;
const ROWS_AT_ONCE = 500;
/** Number of policy lists that are cached as text. */
const MOST_LISTS = 10_000;

/**
 * csv/privileges/<accountId>.csv: one row per principal and action. Principals arrive account by account. Rows are
 * joined from cached parts: making each row from its cells takes four times as long.
 */
export class PrivilegeFiles {
  readonly #out: OutputFolder;
  readonly #format: CsvFormat;
  readonly #notUsed = { unused: new Map<string, string>(), unknown: new Map<string, string>() };
  readonly #lists = new Map<string, string>();
  readonly #reasons = new Map<string | null, string>();
  #current: { readonly accountId: string; readonly file: RowFile } | undefined;

  private constructor(out: OutputFolder, format: CsvFormat) {
    this.#out = out;
    this.#format = format;
  }

  /** An account without principals has a file too: an empty file is evidence, a missing one raises a question. */
  static async begin(
    out: OutputFolder,
    accountIds: readonly string[],
    format: CsvFormat,
  ): Promise<PrivilegeFiles> {
    const files = new PrivilegeFiles(out, format);
    for (const id of accountIds) await (await files.#open(id)).close();
    return files;
  }

  async add(principal: DescribedPrincipal): Promise<void> {
    if (this.#current?.accountId !== principal.accountId) {
      await this.close();
      this.#current = { accountId: principal.accountId, file: await this.#open(principal.accountId) };
    }
    const { file } = this.#current;
    const lead = this.#format.lines([cellsOf({ columns: WHO }, { p: principal })]).slice(0, -LINE_END.length);
    const reasons = new Map(
      principal.unknownReasons.flatMap(({ reason, actions }) => {
        const end = this.#reason(reason);
        return actions.map((action) => [action, end] as const);
      }),
    );
    for (const { action, why } of principal.ungranted) reasons.set(action, this.#reason(why));
    const none = this.#reason(null);
    const rows = [
      ...principal.used.map((use) => [use.action, this.#cells(use.action, 'used', use)] as const),
      ...principal.ungranted.map((use) => [use.action, this.#cells(use.action, 'ungranted', use)] as const),
      ...principal.unused.map((action) => [action, this.#withoutUse(action, 'unused')] as const),
      ...principal.unknown.map((action) => [action, this.#withoutUse(action, 'unknown')] as const),
    ].sort(compareBy(([key]) => key));
    // In chunks: an administrator's 22,000 rows are too long for one string.
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const piece = rows.slice(from, from + ROWS_AT_ONCE);
      let lines = '';
      for (const [action, middle] of piece)
        lines += lead + middle + this.#grantedBy(principal.grantedBy(action)) + (reasons.get(action) ?? none);
      await file.add(lines, piece.length);
    }
  }

  /** Most rows say that an action was not used, in the same words for every principal. */
  #withoutUse(action: string, status: 'unused' | 'unknown'): string {
    const known = this.#notUsed[status].get(action);
    if (known !== undefined) return known;
    const cells = this.#cells(action, status, null);
    this.#notUsed[status].set(action, cells);
    return cells;
  }

  /** With a leading comma, except before the first cell. */
  #cells(action: string, status: Use['status'], use: UsedAction | null): string {
    const cells = cellsOf({ columns: USE }, { action, status, use });
    return this.#format.lines([['', ...cells]]).slice(0, -LINE_END.length);
  }

  /** With a leading comma and a line end: many actions share few sentences. */
  #reason(reason: string | null): string {
    const known = this.#reasons.get(reason);
    if (known !== undefined) return known;
    if (this.#reasons.size === MOST_LISTS) this.#reasons.clear();
    const cell = this.#format.lines([['', ...cellsOf({ columns: REASON }, reason)]]);
    this.#reasons.set(reason, cell);
    return cell;
  }

  /** With a leading comma. */
  #grantedBy(policies: readonly string[]): string {
    const key = policies.join('\n');
    let cell = this.#lists.get(key);
    if (cell === undefined) {
      if (this.#lists.size === MOST_LISTS) this.#lists.clear();
      cell = this.#format
        .lines([['', ...cellsOf({ columns: GRANTED_BY }, policies)]])
        .slice(0, -LINE_END.length);
      this.#lists.set(key, cell);
    }
    return cell;
  }

  async close(): Promise<void> {
    await this.#current?.file.close();
  }

  #open(accountId: string): Promise<RowFile> {
    return RowFile.open(
      this.#out,
      `csv/${PRIVILEGES.name.replace('<accountId>', accountId)}.csv`,
      headerOf(this.#format, PRIVILEGES),
    );
  }
}
