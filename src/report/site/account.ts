import type { AccountReview, PrincipalSummary } from '../../review/types.js';
import { principalColumns, principalRow } from './overview.js';
import { accountPath } from './render.js';
import { column, counted, frameTable, grouped, percent, renderRow, renderTable } from './table.js';
import { pages } from './templates.js';
import { trailOnlyTable } from './trail-only.js';

const ROOT = '../../';
/** Rows, and characters of HTML, of one page of principals: a page stays below 1 MB. */
const PAGE_ROWS = 1000;
const PAGE_SIZE = 650_000;

function chunks(rows: readonly string[]): string[][] {
  const result: string[][] = [[]];
  let size = 0;
  for (const row of rows) {
    let last = result.at(-1) ?? [];
    if (last.length >= PAGE_ROWS || (last.length > 0 && size + row.length > PAGE_SIZE)) {
      last = [];
      result.push(last);
      size = 0;
    }
    last.push(row);
    size += row.length;
  }
  return result;
}

/** The HTML of an account's pages inside the layout, the first one first; `summaries` are this account's. */
export function renderAccount(account: AccountReview, summaries: readonly PrincipalSummary[]): string[] {
  const parts = chunks(summaries.map((s) => renderRow(principalColumns, principalRow(s, ROOT))));
  const { counts, coverage } = account;
  const warnings = renderTable(ROOT, {
    title: 'Warnings',
    anchor: 'limits',
    columns: [column('Warning')],
    rows: account.warnings.map((w) => [w]),
  });
  return parts.map((rows, i) =>
    pages.account({
      first: i === 0,
      id: account.id,
      users: counted(counts.users, 'user'),
      roles: counted(counts.roles, 'role'),
      inactive: grouped(counts.inactive),
      incomplete: counts.incomplete > 0 ? grouped(counts.incomplete) : null,
      used: grouped(counts.used),
      granted: grouped(counts.granted),
      percent: percent(counts.used, counts.granted),
      events: counted(coverage.events, 'event'),
      emptyDays: coverage.emptyDays.slice(0, 100),
      emptyCount: counted(coverage.emptyDays.length, 'day'),
      pagesOf:
        parts.length > 1
          ? parts.map((_, n) => ({
              number: n + 1,
              here: n === i,
              href: ROOT + accountPath(account.id, n + 1),
            }))
          : [],
      principalsHtml:
        summaries.length === 0
          ? ''
          : frameTable(
              ROOT,
              {
                title: 'Principals',
                note:
                  parts.length > 1
                    ? `Page ${i + 1} of ${parts.length}; csv/access-review.csv has all in one file.`
                    : '',
                anchor: 'status',
                columns: principalColumns,
                filter: true,
              },
              rows,
              rows.length,
            ),
      trailOnlyHtml: i === 0 ? trailOnlyTable(ROOT, account) : '',
      warningsHtml: i === 0 ? warnings : '',
    }),
  );
}
