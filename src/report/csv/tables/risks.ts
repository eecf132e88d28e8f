import type { Risk } from '../../../review/types.js';
import { shortRisk } from '../../short-risk.js';
import { principalTable } from './principal-table.js';
import { WHO, type Column } from './table.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

interface Row {
  readonly p: DescribedPrincipal;
  readonly risk: Risk & { readonly actionsLeftOut?: number };
}

const columns: readonly Column<Row>[] = [
  ...WHO,
  ['tag', 'type of risk', ({ risk }) => risk.tag],
  ['method', 'method of privilege escalation', ({ risk }) => risk.method],
  ['unused', 'yes if the risk can be removed without affecting recorded use', ({ risk }) => risk.unused],
  ['limited', 'yes if conditions or resources limit every way to use it', ({ risk }) => risk.limited],
  ['actions', 'actions behind the risk, with status', actions],
];

export const RISKS_TABLE = principalTable('risks', 'risks of each principal', columns, (p, { detail }) =>
  p.risks.map((risk) => ({ p, risk: detail === 'full' ? risk : shortRisk(risk) })),
);

function actions({ risk }: Row): string[] {
  const names = risk.actions.map(({ action, status }) => `${action} (${status})`);
  return risk.actionsLeftOut === undefined ? names : [...names, `… (+${risk.actionsLeftOut} more)`];
}
