import type { PrincipalAssumptions, PrincipalReview } from '../../review/types.js';
import { cells, fileName, renderPrincipal, renderTable, type Cell } from './render.js';

const ROOT = '../../../';
const MAX_NAMES = 3000;

/** Names by service, sorted as given. Services never used lose their names when there are too many for a page. */
function namesByService(p: PrincipalReview, detail: 'full' | 'services') {
  const groups = new Map<string, { unused: string[]; unknown: string[] }>();
  for (const kind of ['unused', 'unknown'] as const)
    for (const action of p[kind]) {
      const service = action.slice(0, action.indexOf(':'));
      const group = groups.get(service) ?? { unused: [], unknown: [] };
      group[kind].push(action.slice(service.length + 1));
      groups.set(service, group);
    }
  const folded = p.unused.length + p.unknown.length > MAX_NAMES;
  const usedServices = new Set(p.services.filter((s) => s.used > 0).map((s) => s.service));
  const groupsOfNames = [...groups].map(([service, group]) => ({
    service,
    ...group,
    names: detail === 'full' && (!folded || usedServices.has(service)),
  }));
  return { folded, groupsOfNames };
}

/** The HTML of a principal's page inside the layout. */
export function principalBody(
  p: PrincipalReview,
  assumptions: PrincipalAssumptions,
  detail: 'full' | 'services',
): string {
  const table = (caption: string, anchor: string, columns: string[], rows: Cell[][]): string =>
    renderTable(ROOT, { caption, anchor, columns, rows });
  const pair = (list: PrincipalAssumptions['in']) =>
    list.map((a) =>
      cells(
        a.sourceArn,
        a.roleArn,
        a.allowed,
        a.sessions,
        a.lastAssumed,
        a.actions.map((x) => x.action).join(' '),
      ),
    );
  const pairColumns = ['Source', 'Role', 'Allowed', 'Sessions', 'Last', 'Actions'];
  const tables = [
    table(
      'Services',
      'status',
      ['Service', 'Granted', '✓ Used', '− Unused', '? Unknown', '+ Ungranted', 'Last used', 'Granted by'],
      p.services.map((s) =>
        cells(
          s.service,
          s.granted,
          s.used,
          s.unused,
          s.unknown,
          s.ungranted,
          s.lastUsed,
          s.grantedBy.join(', '),
        ),
      ),
    ),
    ...(detail === 'full'
      ? [
          table(
            '✓ Used actions',
            'used',
            ['Action', 'Calls', 'First', 'Last', 'Granted by'],
            p.used.map((a) => cells(a.action, a.count, a.firstUsed, a.lastUsed, a.grantedBy.join(', '))),
          ),
          table(
            '+ Ungranted actions',
            'status',
            ['Action', 'Calls', 'First', 'Last'],
            p.ungranted.map((a) => cells(a.action, a.count, a.firstUsed, a.lastUsed)),
          ),
        ]
      : []),
    table(
      'Denied calls',
      'used',
      ['Action', 'Calls'],
      p.denied.map((a) => cells(a.action, a.count)),
    ),
    table(
      'Failed calls (permission unproven)',
      'used',
      ['Action', 'Calls', 'Errors'],
      p.failed.map((a) => cells(a.action, a.count, a.errorCodes.join(', '))),
    ),
    table(
      'Unmapped events',
      'unmapped',
      ['Source', 'Event', 'Calls'],
      p.unmappedEvents.map((e) => cells(e.eventSource, e.eventName, e.count)),
    ),
    table('Roles assumed by this principal', 'assumptions', pairColumns, pair(assumptions.out)),
    table('Who assumed this role', 'assumptions', pairColumns, pair(assumptions.in)),
  ].join('\n');
  const suggested = (['cautious', 'strict'] as const).flatMap((kind) =>
    p.suggestion[kind].map((s) => ({ kind, name: s.name, json: JSON.stringify(s.document, null, 2) })),
  );
  return renderPrincipal({
    root: ROOT,
    type: p.type,
    accountName: p.accountName,
    counts: { ...p.counts },
    lastActivity: p.lastActivity,
    suggestion: { decision: p.suggestion.decision, reason: p.suggestion.reason },
    state: p.state,
    createdAt: p.createdAt ?? 'unknown',
    arn: p.arn,
    id: p.id,
    tags: p.tags,
    groups: p.groups,
    policies: [...p.policiesAttached, ...p.policiesInline],
    boundary: p.boundary ?? 'none',
    exemption: p.exemption,
    tables,
    suggested,
    ...namesByService(p, detail),
    csv: `${ROOT}csv/privileges/${p.accountId}.csv`,
    policyFile: `${ROOT}policies/${p.accountId}/${fileName(p.id)}.json`,
  });
}
