import { RISK_TAGS, RISKS } from '../../model/risk-table.js';
import type { PrincipalSummary, RiskTag, TrustFinding } from '../../review/types.js';
import { FINDING_WORDS } from '../words.js';
import { principalPath } from './render.js';
import { column, frameTable, renderRow, renderTable, type Row } from './table.js';

/** Principals that the index names; csv/risks.csv has all. */
const FEW = 10;
const ESCALATION = 'privilege-escalation';

export const mayEscalateUnused = (s: PrincipalSummary): boolean =>
  s.risks.some(({ tag, unused }) => tag === ESCALATION && unused);

/** The index's part on risks: how many principals have which, who has unused privilege escalation, trust findings. */
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
    title: 'Risks by type',
    id: 'risks',
    note: 'Principals with each type of risk. Unused: at least one risk can be removed without affecting recorded use.',
    anchor: 'risks',
    columns: [
      column('Risk'),
      column('− Principals with an unused risk', 'number'),
      column('Principals with the risk', 'number'),
      column('Meaning', 'wide'),
    ],
    rows: RISK_TAGS.flatMap((tag): Row[] => {
      const count = counts.get(tag);
      return count === undefined ? [] : [[RISKS[tag].title, count.unused, count.all, RISKS[tag].meaning]];
    }),
  });
}

/** Inactive ones first: nobody would miss them. */
function escalationTable(summaries: readonly PrincipalSummary[]): string {
  const idle = (s: PrincipalSummary): number => (s.state === 'inactive' ? 0 : 1);
  const found = summaries
    .filter(mayEscalateUnused)
    .sort((a, b) => idle(a) - idle(b) || b.counts.unused - a.counts.unused || (a.arn < b.arn ? -1 : 1));
  if (found.length === 0) return '';
  const columns = [
    column('Name'),
    column('Account'),
    column('Type', 'word'),
    column('State', 'badge'),
    column('Suggestion', 'badge'),
    column('Last activity (UTC)', 'time'),
    column('− Unused actions', 'number'),
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
      title: 'Unused privilege escalation',
      id: 'escalation',
      note: 'These principals can escalate their privileges. At least one of the actions needed was not used and can be removed.',
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
    title: 'Trust policy findings',
    id: 'trust',
    note: `Trust policies define who can assume a role. All entries: csv/trust.csv.`,
    anchor: 'trust',
    columns: [
      column('Finding'),
      column('Roles', 'number'),
      column('Entries', 'number'),
      column('Meaning', 'wide'),
    ],
    rows: (Object.keys(FINDING_WORDS) as TrustFinding[]).flatMap((finding): Row[] => {
      const count = counts.get(finding);
      return count === undefined
        ? []
        : [[FINDING_WORDS[finding].title, count.roles, count.entries, FINDING_WORDS[finding].meaning]];
    }),
  });
}

/** For the card of the index. */
export const escalationCount = (summaries: readonly PrincipalSummary[]): number =>
  summaries.filter(mayEscalateUnused).length;
