import { accountPath } from '../paths.js';
import { grouped, plural } from '../../base/plural.js';
import { percent } from './text.js';
import type { PrincipalSummary } from '../../review/types.js';
import { barHtml } from './html.js';
import { principalColumns, principalRow } from './principal-rows.js';
import { column, frameTable, renderRow, renderTable } from './table.js';
import { template } from './templates.js';
import { trailOnlyTable } from './trail-only.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { ACCOUNT_TABLES, INDEX_TABLES } from '../../wording/page-tables.js';
import type { DescribedAccount } from '../../wording/described.js';

const fillAccount = template('account');

const ROOT = '../../';
/** Maximum number of rows, and characters of HTML, per page: a page stays below 1 MB. */
const PAGE_ROWS = 1000;
const PAGE_SIZE = 650_000;
/** Maximum number of listed days without events. */
const FEW_DAYS = 100;

type Rows = Record<PrincipalSummary['type'], string[]>;

/** Rows of each page: users, then roles. */
function split(summaries: readonly PrincipalSummary[]): Rows[] {
  const result: Rows[] = [{ user: [], role: [] }];
  let size = 0;
  for (const type of ['user', 'role'] as const)
    for (const summary of summaries.filter((s) => s.type === type)) {
      const row = renderRow(principalColumns, principalRow(summary, ROOT));
      let last = result.at(-1) ?? { user: [], role: [] };
      const rows = last.user.length + last.role.length;
      if (rows >= PAGE_ROWS || (rows > 0 && size + row.length > PAGE_SIZE)) {
        last = { user: [], role: [] };
        result.push(last);
        size = 0;
      }
      last[type].push(row);
      size += row.length;
    }
  return result;
}

/** HTML of an account's pages inside the layout; `summaries` are the principals of this account. */
export function renderAccount(account: DescribedAccount, summaries: readonly PrincipalSummary[]): string[] {
  const parts = split(summaries);
  const { counts, coverage, doubt } = account;
  const table = (rows: Rows, type: PrincipalSummary['type'], title: string, all: number): string =>
    rows[type].length === 0
      ? ''
      : frameTable(
          ROOT,
          {
            title,
            id: `${type}s`,
            note:
              rows[type].length < all
                ? ACCOUNT_TABLES.somePrincipals(grouped(rows[type].length), grouped(all))
                : '',
            anchor: 'status',
            columns: principalColumns,
            filter: true,
          },
          rows[type],
          rows[type].length,
        );
  return parts.map((rows, i) =>
    fillAccount({
      first: i === 0,
      ...{ id: account.id, doubt },
      users: plural(counts.users, 'user'),
      roles: plural(counts.roles, 'role'),
      inactive: grouped(counts.inactive),
      incomplete: counts.incomplete > 0 ? grouped(counts.incomplete) : null,
      used: grouped(counts.used),
      granted: grouped(counts.granted),
      percent: percent(counts.used, counts.granted),
      barHtml: barHtml(counts.used, counts.granted),
      events: plural(coverage.events, 'event'),
      emptyDays: coverage.emptyDays.slice(0, FEW_DAYS),
      emptyCount: plural(coverage.emptyDays.length, 'day'),
      pagesOf:
        parts.length > 1
          ? parts.map((_, n) => ({
              number: n + 1,
              here: n === i,
              href: ROOT + accountPath(account.id, n + 1),
            }))
          : [],
      usersHtml: table(rows, 'user', ACCOUNT_TABLES.users, counts.users),
      rolesHtml: table(rows, 'role', ACCOUNT_TABLES.roles, counts.roles),
      trailOnlyHtml: i === 0 ? trailOnlyTable(ROOT, account) : '',
      warningsHtml:
        i === 0
          ? renderTable(ROOT, {
              ...INDEX_TABLES.warnings,
              anchor: 'limits',
              columns: [column(COLUMNS.warning)],
              rows: account.warnings.map((w) => [w]),
            })
          : '',
    }),
  );
}
