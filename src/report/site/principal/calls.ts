import type { PrincipalReview } from '../../../review/types.js';
import { fileName } from '../render.js';
import type { PageBudget } from '../page-budget.js';
import { column, joined } from '../table.js';
import { privilegesFile, ROOT } from './names.js';

/** Calls that are not use of something granted: ungranted, denied, failed, unmapped. */
export function callTables(p: PrincipalReview, detail: 'full' | 'services', budget: PageBudget): string {
  const objects = `json/${fileName(p.accountId)}/principals.ndjson`;
  const action = column('Action', 'code');
  const calls = column('Calls', 'number');
  return [
    budget.table(ROOT, {
      title: 'Ungranted actions',
      id: 'ungranted',
      note: 'Used in the period, but not granted by today’s policies.',
      anchor: 'ungranted',
      more: detail === 'full' ? privilegesFile(p.accountId) : objects,
      columns: [
        action,
        column('Status', 'mark'),
        column('Reason'),
        calls,
        column('First used (UTC)', 'time'),
        column('Last used (UTC)', 'time'),
      ],
      rows: p.ungranted.map((a) => [a.action, 'ungranted', a.why, a.count, a.firstUsed, a.lastUsed]),
    }),
    budget.table(ROOT, {
      title: 'Denied calls',
      id: 'denied',
      note: 'AWS denied these calls. They do not count as use.',
      anchor: 'used',
      more: objects,
      columns: [action, calls],
      rows: p.denied.map((a) => [a.action, a.count]),
    }),
    budget.table(ROOT, {
      title: 'Failed calls',
      note: 'These calls failed for other reasons. They do not show whether the caller had the permission.',
      anchor: 'used',
      more: objects,
      columns: [action, calls, column('Error codes')],
      rows: p.failed.map((a) => [a.action, a.count, joined(a.errorCodes)]),
    }),
    budget.table(ROOT, {
      title: 'Unmapped events',
      note: 'Events that match no known action.',
      anchor: 'unmapped',
      more: objects,
      columns: [column('Event', 'code'), column('Event source', 'code'), calls],
      rows: p.unmappedEvents.map((e) => [e.eventName, e.eventSource, e.count]),
    }),
  ].join('');
}
