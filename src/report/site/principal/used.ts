import type { StatementRef } from '../../../iam/types.js';
import type { PrincipalReview, UsedGrantedAction } from '../../../review/types.js';
import type { Room } from '../room.js';
import { column, grouped, joined, renderTable } from '../table.js';
import { pages } from '../templates.js';
import { privilegesFile, push, ROOT, serviceOf } from './names.js';

export function usedSection(p: PrincipalReview, room: Room): string {
  const groups = new Map<string, UsedGrantedAction[]>();
  for (const action of p.used) push(groups, serviceOf(action.action), action);
  // One budget for all services, so that a page with many of them stays below 1 MB too.
  let bytes = Math.min(250_000, room.left);
  const budget = Math.floor(bytes / Math.max(1, groups.size));
  const services = [...groups].map(([service, actions]) => {
    const tableHtml = bytes > 0 ? usedTable(service, actions, privilegesFile(p.accountId), budget) : null;
    bytes -= tableHtml?.length ?? 0;
    return { service, count: grouped(actions.length), tableHtml };
  });
  return room.take(
    pages.used({
      root: ROOT,
      csv: privilegesFile(p.accountId),
      services: services.filter((group) => group.tableHtml !== null),
      elsewhere: services.filter((group) => group.tableHtml === null),
    }),
  );
}

/** `ReadReports, statement 2 (ListThem)`. */
const statementName = ({ policy, statement, sid }: StatementRef): string =>
  `${policy}, statement ${statement}${sid === null ? '' : ` (${sid})`}`;

const limitsOf = (a: UsedGrantedAction): string[] => [
  ...(a.conditional ? ['conditional'] : []),
  ...(a.resourceLimited ? ['some resources'] : []),
  ...(a.deniedBy.length > 0 ? ['a Deny limits it'] : []),
];

const usedTable = (
  service: string,
  actions: readonly UsedGrantedAction[],
  more: string,
  budget: number,
): string =>
  renderTable(ROOT, {
    title: `Used actions of ${service}`,
    anchor: 'used',
    sub: true,
    budget,
    more,
    columns: [
      column('Action', 'code'),
      column('Calls', 'number'),
      column('First (UTC)', 'time'),
      column('Last (UTC)', 'time'),
      column('Limits', 'tags'),
      column('Granted by'),
    ],
    rows: actions.map((a) => [
      a.action,
      a.count,
      a.firstUsed,
      a.lastUsed,
      limitsOf(a),
      joined(a.allowedBy.map(statementName)),
    ]),
  });
