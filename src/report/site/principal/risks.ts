import { valueAt } from '../../../base/checked.js';
import { grouped, plural } from '../../../base/plural.js';
import { cut } from '../text.js';
import { append } from '../../../base/maps.js';
import { RISKS } from '../../../model/risk-table.js';
import type { Risk, RiskTag } from '../../../review/types.js';
import { shortRisk } from '../../short-risk.js';
import type { PageBudget } from '../page-budget.js';
import { MARKS } from '../html.js';
import { template } from '../templates.js';
import { ROOT } from './root.js';
import { RISK_USE } from '../../../wording/pages.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

const fillRisks = template('principal/risks');

/** Actions that are shown without a click. */
const FEW_ACTIONS = 12;
/** Maximum number of actions of one risk on the page; the CSV has all. */
const MAX_ACTIONS = 300;
const MAX_BYTES = 60_000;

/** What the granted actions could be misused for; '' without risks. */
export function risksSection(p: DescribedPrincipal, detail: 'full' | 'services', budget: PageBudget): string {
  if (p.risks.length === 0) return '';
  let bytes = Math.min(MAX_BYTES, budget.left);
  const byTag = new Map<RiskTag, object[]>();
  let left = 0;
  for (const risk of p.risks) {
    const view = riskView(detail === 'full' ? risk : shortRisk(risk), risk.actions.length);
    bytes -= JSON.stringify(view).length;
    if (bytes < 0 && byTag.size > 0) {
      left += 1;
      continue;
    }
    append(byTag, risk.tag, view);
  }
  const unused = p.risks.filter((risk) => risk.unused).length;
  return budget.take(
    fillRisks({
      root: ROOT,
      type: p.type,
      total: grouped(p.risks.length),
      unused: unused > 0 ? grouped(unused) : null,
      left: left > 0 ? plural(left, 'risk') : null,
      groups: [...byTag].map(([tag, risks]) => {
        const { title, meaning } = RISKS[tag];
        return { title, meaning, tag, risks };
      }),
    }),
  );
}

/** Whether the risk is unused, or how much of it was used. */
function useOf({ unused, actions }: Risk): { mark: string; symbol: string | undefined; label: string } {
  const use = (mark: string, label: string) => ({ mark, label, symbol: valueAt(MARKS, mark) });
  if (unused) return use('unused', RISK_USE.unused);
  if (!actions.some(({ status }) => status === 'used')) return use('unknown', RISK_USE.unknown);
  return use('used', actions.every(({ status }) => status === 'used') ? RISK_USE.used : RISK_USE.partlyUsed);
}

function riskView(risk: Risk, total: number): object {
  const actions = risk.actions
    .slice(0, MAX_ACTIONS)
    .map(({ action, status }) => ({ action: cut(action), status, symbol: valueAt(MARKS, status) }));
  return {
    method: risk.method === null ? null : cut(risk.method),
    ...useOf(risk),
    limited: risk.limited,
    count: plural(total, 'action'),
    folded: actions.length > FEW_ACTIONS,
    actions,
    left: total > actions.length ? grouped(total - actions.length) : null,
  };
}
