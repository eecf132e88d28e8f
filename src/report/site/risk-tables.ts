import { principalPath } from '../paths.js';
import { compareText } from '../../base/compare.js';
import { RISK_TAGS, RISKS } from '../../model/risk-table.js';
import type { PrincipalSummary, RiskTag, TrustFinding } from '../../review/types.js';
import { column, frameTable, renderRow, renderTable, type Row } from './table.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { INDEX_TABLES } from '../../wording/page-tables.js';
import { TRUST_FINDINGS } from '../../wording/trust.js';

/** Maximum number of principals on the index; csv/risks.csv has all. */
const FEW = 10;
const ESCALATION = 'privilege-escalation';

export const mayEscalateUnused = (s: PrincipalSummary): boolean =>
  s.risks.some(({ tag, unused }) => tag === ESCALATION && unused);

/** Risks on the index: principals by risk, unused privilege escalation, trust policy findings. */
export const riskTables = (summaries: readonly PrincipalSummary[]): string =>
  tagTable(summaries) + escalationTable(summaries) + findingTable(summaries);

function tagTable(summaries: readonly PrincipalSummary[]): string {
  const counts = new Map<RiskTag, { all: number; unused: number }>();
  for (const { risks } of summaries)
    for (const { tag, unused } of risks) {
      const count = counts.get(tag) ?? { all: 0, unused: 0 };
      count.all += 1;
      if (unused) count.unused += 1;
      counts.set(tag, count);
    }
  return renderTable('', {
    ...INDEX_TABLES.risks,
    id: 'risks',
    anchor: 'risks',
    columns: [
      column(COLUMNS.risk),
      column(COLUMNS.principalsWithAnUnusedRisk, 'number'),
      column(COLUMNS.principalsWithTheRisk, 'number'),
      column(COLUMNS.meaning, 'wide'),
    ],
    rows: RISK_TAGS.flatMap((tag): Row[] => {
      const count = counts.get(tag);
      return count === undefined ? [] : [[RISKS[tag].title, count.unused, count.all, RISKS[tag].meaning]];
    }),
  });
}

/** Inactive principals first. */
function escalationTable(summaries: readonly PrincipalSummary[]): string {
  const idle = (s: PrincipalSummary): number => (s.state === 'inactive' ? 0 : 1);
  const found = summaries
    .filter(mayEscalateUnused)
    .sort((a, b) => idle(a) - idle(b) || b.counts.unused - a.counts.unused || compareText(a.arn, b.arn));
  if (found.length === 0) return '';
  const columns = [
    column(COLUMNS.name),
    column(COLUMNS.account),
    column(COLUMNS.type, 'word'),
    column(COLUMNS.state, 'badge'),
    column(COLUMNS.suggestion, 'badge'),
    column(COLUMNS.lastActivity, 'time'),
    column(COLUMNS.unusedActionCount, 'number'),
  ];
  const rows = found
    .slice(0, FEW)
    .map((s) =>
      renderRow(columns, [
        { text: s.name, href: `${principalPath(s)}#risks` },
        s.accountName,
        s.type,
        s.state,
        s.decision,
        s.lastActivity,
        s.counts.unused,
      ]),
    );
  return frameTable(
    '',
    {
      ...INDEX_TABLES.escalation,
      id: 'escalation',
      anchor: 'risks',
      more: 'csv/risks.csv',
      columns,
    },
    rows,
    found.length,
  );
}

function findingTable(summaries: readonly PrincipalSummary[]): string {
  const counts = new Map<string, { roles: number; entries: number }>();
  for (const { trustFindings } of summaries)
    for (const [finding, entries] of Object.entries(trustFindings)) {
      const count = counts.get(finding) ?? { roles: 0, entries: 0 };
      counts.set(finding, { roles: count.roles + 1, entries: count.entries + entries });
    }
  return renderTable('', {
    ...INDEX_TABLES.trustFindings,
    id: 'trust',
    anchor: 'trust',
    columns: [
      column(COLUMNS.finding),
      column(COLUMNS.roles, 'number'),
      column(COLUMNS.entries, 'number'),
      column(COLUMNS.meaning, 'wide'),
    ],
    rows: (Object.keys(TRUST_FINDINGS) as TrustFinding[]).flatMap((finding): Row[] => {
      const count = counts.get(finding);
      return count === undefined
        ? []
        : [[TRUST_FINDINGS[finding].title, count.roles, count.entries, TRUST_FINDINGS[finding].meaning]];
    }),
  });
}

/** For the card on the index. */
export const escalationCount = (summaries: readonly PrincipalSummary[]): number =>
  summaries.filter(mayEscalateUnused).length;
