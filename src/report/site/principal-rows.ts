import { principalPath } from '../paths.js';
import { RISKS } from '../../model/risk-table.js';
import type { PrincipalSummary } from '../../review/types.js';
import { mayEscalateUnused } from './risk-tables.js';
import { column, type Column, type Link, type Row } from './table.js';
import { COLUMNS } from '../../wording/page-columns.js';
import { INDEX_TEXTS } from '../../wording/pages.js';

/** Columns for principals of an account. */
export const principalColumns: readonly Column[] = [
  column(COLUMNS.name),
  column(COLUMNS.state, 'badge'),
  column(COLUMNS.suggestion, 'badge'),
  column(COLUMNS.lastActivity, 'time'),
  column(COLUMNS.shareUsed, 'share'),
  column(COLUMNS.usedActionCount, 'number'),
  column(COLUMNS.grantedActionCount, 'number'),
  column(COLUMNS.unusedActionCount, 'number'),
  column(COLUMNS.risksAndTags, 'tags'),
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

/** The most dangerous risk has its full name, so that the filter finds it; others have the short name. */
export const riskWords = (s: PrincipalSummary): string[] => [
  ...(mayEscalateUnused(s) ? [INDEX_TEXTS.unusedEscalation] : []),
  ...s.tags,
  ...s.risks
    .filter(({ tag, unused }) => !(tag === 'privilege-escalation' && unused))
    .map(({ tag }) => RISKS[tag].short),
];
