import type { PrincipalReview } from '../../../review/types.js';
import { fileName } from '../render.js';
import type { Room } from '../page-budget.js';
import { column, joined } from '../table.js';
import { privilegesFile, ROOT } from './names.js';

/** Calls that are not use of something granted: ungranted, denied, failed, unmapped. */
export function callTables(p: PrincipalReview, detail: 'full' | 'services', room: Room): string {
  const objects = `json/${fileName(p.accountId)}/principals.ndjson`;
  const action = column('Action', 'code');
  const calls = column('Calls', 'number');
  return [
    room.table(ROOT, {
      title: 'Ungranted actions',
      id: 'ungranted',
      note: 'Used in the period; today’s policies no longer grant them.',
      anchor: 'ungranted',
      more: detail === 'full' ? privilegesFile(p.accountId) : objects,
      columns: [
        action,
        column('Status', 'mark'),
        column('Why'),
        calls,
        column('First (UTC)', 'time'),
        column('Last (UTC)', 'time'),
      ],
      rows: p.ungranted.map((a) => [a.action, 'ungranted', a.why, a.count, a.firstUsed, a.lastUsed]),
    }),
    room.table(ROOT, {
      title: 'Denied calls',
      id: 'denied',
      note: 'AWS refused these; they never count as use.',
      anchor: 'used',
      more: objects,
      columns: [action, calls],
      rows: p.denied.map((a) => [a.action, a.count]),
    }),
    room.table(ROOT, {
      title: 'Failed calls',
      note: 'Failed for another reason, so whether the permission was there is not known.',
      anchor: 'used',
      more: objects,
      columns: [action, calls, column('Errors')],
      rows: p.failed.map((a) => [a.action, a.count, joined(a.errorCodes)]),
    }),
    room.table(ROOT, {
      title: 'Unmapped events',
      note: 'No IAM action could be found for these calls.',
      anchor: 'unmapped',
      more: objects,
      columns: [column('Event', 'code'), column('Source', 'code'), calls],
      rows: p.unmappedEvents.map((e) => [e.eventName, e.eventSource, e.count]),
    }),
  ].join('');
}
