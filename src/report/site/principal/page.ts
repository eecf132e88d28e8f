import type { PrincipalAssumptions, PrincipalReview } from '../../../review/types.js';
import { PageBudget } from '../page-budget.js';
import type { Period } from '../../../period.js';
import { barHtml } from '../html.js';
import type { SharedPages } from '../shared.js';
import { counted, cut, grouped, minute } from '../table.js';
import { pages } from '../templates.js';
import { accessTables } from './access.js';
import { callTables } from './calls.js';
import { ROOT } from './names.js';
import { risksSection } from './risks.js';
import { servicesSection } from './services.js';
import { suggestionSection } from './suggestion.js';
import { timelineSection } from './timeline.js';

/** Bytes of HTML of all sections: with the layout a page stays below 1 MB. */
const PAGE_BYTES = 850_000;

/** What the pages of all principals have in common. */
export interface PrincipalContext {
  readonly detail: 'full' | 'services';
  readonly period: Period;
  readonly shared: SharedPages;
}

/** The HTML of a principal's page inside the layout. */
export function principalBody(
  p: PrincipalReview,
  assumptions: PrincipalAssumptions,
  { detail, period, shared }: PrincipalContext,
): string {
  // In the order of importance, each takes from the same budget; the template has the order of reading.
  const budget = new PageBudget(PAGE_BYTES);
  const suggestionHtml = suggestionSection(p, budget);
  const risksHtml = risksSection(p, detail, budget);
  const timelineHtml = budget.take(timelineSection(p, period));
  const accessHtml = accessTables(p, assumptions, budget);
  const callsHtml = callTables(p, detail, budget);
  const servicesHtml = servicesSection(p, detail, shared, budget);
  const sections: readonly [id: string, label: string, present: boolean][] = [
    ['timeline', 'Calls per week', timelineHtml !== ''],
    ['risks', 'Risks', risksHtml !== ''],
    ['services', 'Services and actions', servicesHtml !== ''],
    ['ungranted', 'Ungranted', p.ungranted.length > 0],
    ['denied', 'Denied', p.denied.length > 0],
    ['trust', 'Who can assume it', p.trust.length > 0],
    ['origins', 'Session origins', p.origins.length > 0],
    ['people', 'People', p.people.length > 0],
    ['roles', 'Roles it can assume', assumptions.out.length > 0],
    ['suggestion', 'Suggestion', true],
  ];
  return pages.principal({
    ...facts(p),
    sinceHtml: sinceSection(p),
    ...{ timelineHtml, risksHtml, servicesHtml, callsHtml, accessHtml, suggestionHtml },
    onPage: sections.filter(([, , present]) => present).map(([id, label]) => ({ id, label })),
  });
}

function sinceSection({ sinceLast }: PrincipalReview): string {
  if (sinceLast === undefined) return '';
  const { change, outcome, sentence } = sinceLast;
  return pages.since({ root: ROOT, change, outcome, sentence: cut(sentence) });
}

function facts(p: PrincipalReview): object {
  const list = (items: readonly string[]): string[] =>
    items.length > 60 ? [...items.slice(0, 60).map(cut), `and ${items.length - 60} more`] : items.map(cut);
  return {
    root: ROOT,
    type: p.type,
    state: p.state,
    incomplete: p.state === 'incomplete',
    arn: p.arn.slice(0, 5000),
    id: cut(p.id),
    created: p.createdAt === null ? 'unknown' : minute(p.createdAt),
    used: grouped(p.counts.used),
    granted: grouped(p.counts.granted),
    servicesUsed: grouped(p.counts.servicesUsed),
    servicesGranted: grouped(p.counts.servicesGranted),
    lastActivity: p.lastActivity === null ? null : minute(p.lastActivity),
    lastAttempt: p.lastAttempt === null || p.lastAttempt === p.lastActivity ? null : minute(p.lastAttempt),
    barHtml: barHtml(p.counts.used, p.counts.granted),
    unused: grouped(p.counts.unused),
    unknown: grouped(p.counts.unknown),
    ungranted: grouped(p.counts.ungranted),
    decision: p.suggestion.decision,
    tags: list(p.tags),
    groups: list(p.groups),
    attached: list(p.policiesAttached),
    inline: list(p.policiesInline),
    boundary: p.boundary === null ? null : cut(p.boundary),
    removed: removedSentences(p),
    missing: list(p.missingPolicies),
    exemption: p.exemption && { ...p.exemption, id: cut(p.exemption.id), reason: cut(p.exemption.reason) },
    owner: p.owner && { name: cut(p.owner.name), source: cut(p.owner.source) },
    human: p.human,
    signIn: p.credentials && {
      console: p.credentials.console ? 'yes' : 'no',
      mfa: p.credentials.mfa ? 'yes' : 'no',
      keys: counted(p.credentials.activeKeys, 'active access key'),
      since: p.credentials.oldestKeySince === null ? null : minute(p.credentials.oldestKeySince),
    },
  };
}

/** What is taken away again from what the identity policies allow. */
function removedSentences({ removed }: PrincipalReview): string[] {
  const takers = [
    ['The permissions boundary blocks', removed.outsideBoundary],
    ['Service control policies block', removed.outsideScp],
    ['Deny statements block', removed.denied],
  ] as const;
  return takers
    .filter(([, count]) => count > 0)
    .map(([taker, count]) => `${taker} ${counted(count, 'action')} that identity-based policies allow.`);
}
