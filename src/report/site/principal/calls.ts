import { principalsPath, privilegesPath } from '../../paths.js';
import { joined } from '../text.js';
import type { PageBudget } from '../page-budget.js';
import { column } from '../table.js';
import { ROOT } from './root.js';
import { COLUMNS } from '../../../wording/page-columns.js';
import { PRINCIPAL_TABLES as TABLES } from '../../../wording/page-tables.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

/** Calls that are no use of granted actions: ungranted, denied, failed, unmapped. */
export function callTables(p: DescribedPrincipal, detail: 'full' | 'services', budget: PageBudget): string {
  const objects = principalsPath(p.accountId);
  const action = column(COLUMNS.action, 'code');
  const calls = column(COLUMNS.calls, 'number');
  return [
    budget.table(ROOT, {
      ...TABLES.ungranted,
      id: 'ungranted',
      anchor: 'ungranted',
      more: detail === 'full' ? privilegesPath(p.accountId) : objects,
      columns: [
        action,
        column(COLUMNS.status, 'mark'),
        column(COLUMNS.reason),
        calls,
        column(COLUMNS.firstUsed, 'time'),
        column(COLUMNS.lastUsed, 'time'),
      ],
      rows: p.ungranted.map((a) => [a.action, 'ungranted', a.why, a.count, a.firstUsed, a.lastUsed]),
    }),
    budget.table(ROOT, {
      ...TABLES.denied,
      id: 'denied',
      anchor: 'used',
      more: objects,
      columns: [action, calls],
      rows: p.denied.map((a) => [a.action, a.count]),
    }),
    budget.table(ROOT, {
      ...TABLES.failed,
      anchor: 'used',
      more: objects,
      columns: [action, calls, column(COLUMNS.errorCodes)],
      rows: p.failed.map((a) => [a.action, a.count, joined(a.errorCodes)]),
    }),
    budget.table(ROOT, {
      ...TABLES.unmapped,
      anchor: 'unmapped',
      more: objects,
      columns: [column(COLUMNS.event, 'code'), column(COLUMNS.eventSource, 'code'), calls],
      rows: p.unmappedEvents.map((e) => [e.eventName, e.eventSource, e.count]),
    }),
  ].join('');
}
