import { grouped, plural } from '../../../base/plural.js';
import { cut, minute } from '../text.js';
import type { PrincipalAssumptions } from '../../../review/types.js';
import { PageBudget } from '../page-budget.js';
import type { Period } from '../../../period.js';
import { barHtml } from '../html.js';
import type { SharedPages } from '../shared.js';
import { template } from '../templates.js';
import { accessTables } from './access.js';
import { callTables } from './calls.js';
import { ROOT } from './root.js';
import { risksSection } from './risks.js';
import { servicesSection } from './services.js';
import { suggestionSection } from './suggestion.js';
import { timelineSection } from './timeline.js';
import { PRINCIPAL_SECTIONS, PRINCIPAL_TEXTS } from '../../../wording/pages.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

const fillPrincipal = template('principal/page');
const fillSince = template('principal/since');

/** Bytes of HTML of all sections: with the layout, a page stays below 1 MB. */
const PAGE_BYTES = 850_000;

/** Shared by the pages of all principals. */
export interface PrincipalContext {
  readonly detail: 'full' | 'services';
  readonly period: Period;
  readonly shared: SharedPages;
}

/** The HTML of a principal's page inside the layout. */
export function principalBody(
  p: DescribedPrincipal,
  assumptions: PrincipalAssumptions,
  { detail, period, shared }: PrincipalContext,
): string {
  // In order of importance, because sections share a budget; the template has the reading order.
  const budget = new PageBudget(PAGE_BYTES);
  const suggestionHtml = suggestionSection(p, budget);
  const risksHtml = risksSection(p, detail, budget);
  const timelineHtml = budget.take(timelineSection(p, period));
  const accessHtml = accessTables(p, assumptions, budget);
  const callsHtml = callTables(p, detail, budget);
  const servicesHtml = servicesSection(p, detail, shared, budget);
  const sections: readonly [id: keyof typeof PRINCIPAL_SECTIONS, present: boolean][] = [
    ['timeline', timelineHtml !== ''],
    ['risks', risksHtml !== ''],
    ['services', servicesHtml !== ''],
    ['ungranted', p.ungranted.length > 0],
    ['denied', p.denied.length > 0],
    ['trust', p.trust.length > 0],
    ['origins', p.origins.length > 0],
    ['people', p.people.length > 0],
    ['passed', p.passedRoles.length > 0],
    ['roles', assumptions.out.length > 0],
    ['suggestion', true],
  ];
  return fillPrincipal({
    ...facts(p),
    sinceHtml: sinceSection(p),
    ...{ timelineHtml, risksHtml, servicesHtml, callsHtml, accessHtml, suggestionHtml },
    onPage: sections.filter(([, present]) => present).map(([id]) => ({ id, label: PRINCIPAL_SECTIONS[id] })),
  });
}

function sinceSection({ sinceLast }: DescribedPrincipal): string {
  if (sinceLast === undefined) return '';
  const { change, outcome, sentence } = sinceLast;
  return fillSince({ root: ROOT, change, outcome, sentence: cut(sentence) });
}

function facts(p: DescribedPrincipal): object {
  const list = (items: readonly string[]): string[] =>
    items.length > 60
      ? [...items.slice(0, 60).map(cut), PRINCIPAL_TEXTS.more(items.length - 60)]
      : items.map(cut);
  return {
    root: ROOT,
    type: p.type,
    state: p.state,
    incomplete: p.state === 'incomplete',
    arn: p.arn.slice(0, 5000),
    id: cut(p.id),
    created: p.createdAt === null ? PRINCIPAL_TEXTS.unknown : minute(p.createdAt),
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
    boundary: p.boundary && cut(p.boundary.missing ? p.boundary.arn : p.boundary.name),
    removed: removedSentences(p),
    missing: list(p.missingPolicies),
    exemption: p.exemption && { ...p.exemption, id: cut(p.exemption.id), reason: cut(p.exemption.reason) },
    owner: p.owner && { name: cut(p.owner.name), source: cut(p.owner.source) },
    human: p.human,
    signIn: p.credentials && {
      console: p.credentials.console ? PRINCIPAL_TEXTS.yes : PRINCIPAL_TEXTS.no,
      mfa: p.credentials.mfa ? PRINCIPAL_TEXTS.yes : PRINCIPAL_TEXTS.no,
      keys: plural(p.credentials.activeKeys, 'active access key'),
      since: p.credentials.oldestKeySince === null ? null : minute(p.credentials.oldestKeySince),
    },
  };
}

/** Actions that identity-based policies allow and other policies block. */
function removedSentences({ removed }: DescribedPrincipal): string[] {
  const blocked = [
    [PRINCIPAL_TEXTS.blockedBy.boundary, removed.outsideBoundary],
    [PRINCIPAL_TEXTS.blockedBy.scp, removed.outsideScp],
    [PRINCIPAL_TEXTS.blockedBy.deny, removed.denied],
  ] as const;
  return blocked
    .filter(([, count]) => count > 0)
    .map(([describe, count]) => describe(plural(count, 'action')));
}
