import { RISKS } from '../../model/risk-table.js';
import type { PrincipalSummary } from '../../review/types.js';
import { principalPath } from './render.js';
import { mayEscalateUnused } from './risk-tables.js';
import { column, type Column, type Link, type Row } from './table.js';

/** A principal in a table of its account. */
export const principalColumns: readonly Column[] = [
  column('Name'),
  column('State', 'badge'),
  column('Suggestion', 'badge'),
  column('Last activity (UTC)', 'time'),
  column('Share used', 'share'),
  column('✓ Used actions', 'number'),
  column('Granted actions', 'number'),
  column('− Unused actions', 'number'),
  column('Risks and tags', 'tags'),
];

export const principalLink = (s: PrincipalSummary, root: string): Link => ({
  text: s.name,
  href: root + principalPath(s),
});

export const principalRow = (s: PrincipalSummary, root: string): Row => [
  principalLink(s, root),
  s.state,
  s.decision,
  s.lastActivity,
  { used: s.counts.used, of: s.counts.granted },
  s.counts.used,
  s.counts.granted,
  s.counts.unused,
  riskWords(s),
];

/** The most dangerous risk by its whole name, so that the filter finds it; of the others the kind. */
export const riskWords = (s: PrincipalSummary): string[] => [
  ...(mayEscalateUnused(s) ? ['unused privilege escalation'] : []),
  ...s.tags,
  ...s.risks
    .filter(({ tag, unused }) => !(tag === 'privilege-escalation' && unused))
    .map(({ tag }) => RISKS[tag].short),
];
