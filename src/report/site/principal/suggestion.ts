import { grouped, plural } from '../../../base/plural.js';
import { cut } from '../text.js';
import { policyFiles } from '../../policies/files.js';
import type { PageBudget } from '../page-budget.js';
import { escapeText, isolate } from '../html.js';
import { template } from '../templates.js';
import { diffOf, type Line } from './diff.js';
import { ROOT } from './root.js';
import { SUGGESTION_TEXTS } from '../../../wording/pages.js';
import { POLICY_FORMS } from '../../../wording/suggestions.js';
import type { DescribedPrincipal } from '../../../wording/described.js';

const fillSuggestion = template('principal/suggestion');

/** Maximum characters of suggested policies on the page; the policy files have all. */
const MAX_POLICIES = 150_000;
/** Maximum number of documents per alternative. */
const MAX_DOCUMENTS = 20;
/** Maximum number of changes; the CSV has all. */
const MAX_CHANGES = 40;
/** Maximum number of lines of each type per place in the comparison, and bytes of the whole comparison. */
const MAX_LINES = { removed: 40, added: 80, same: 20 } as const;
const MAX_DIFF = 40_000;

/** Default quota of managed policies per user or role (IAM and AWS STS quotas). */
const MAX_MANAGED = 10;

/** Documents too large for one inline policy are numbered: each is a managed policy. */
const isManaged = (name: string): boolean => /-\d+$/.test(name) && !/-inline(-\d+)?$/.test(name);

export function suggestionSection(p: DescribedPrincipal, budget: PageBudget): string {
  const { decision, reason, changes } = p.suggestion;
  return budget.take(
    fillSuggestion({
      root: ROOT,
      type: p.type,
      isRole: p.type === 'role',
      permissionSet: changes.find(({ kind }) => kind === 'change-permission-set')?.target ?? null,
      decision,
      reason: cut(reason),
      changes: changes.slice(0, MAX_CHANGES).map((change) => ({
        sentence: cut(change.sentence),
        removed:
          change.actionsRemoved > 0
            ? SUGGESTION_TEXTS.removes(plural(change.actionsRemoved, 'granted action'))
            : SUGGESTION_TEXTS.removesNothing,
      })),
      several: changes.length > 1,
      left: changes.length > MAX_CHANGES ? plural(changes.length - MAX_CHANGES, 'change') : null,
      variants: variants(p),
      diffHtml: p.suggestion.cautious.length === 0 ? '' : diffHtml(p),
    }),
  );
}

function variants(p: DescribedPrincipal) {
  const files = policyFiles(p);
  let budget = MAX_POLICIES;
  return (['cautious', 'strict', 'observed'] as const)
    .map((kind) => {
      const documents = files.filter((file) => file.variant === kind);
      const managed = documents.filter(({ policy }) => isManaged(policy.name)).length;
      return {
        kind,
        open: kind === 'cautious',
        observed: kind === 'observed',
        meaning: POLICY_FORMS[kind],
        policies: documents.slice(0, MAX_DOCUMENTS).map(({ path, policy }) => {
          const json = JSON.stringify(policy.document, null, 2);
          budget -= json.length;
          return {
            name: cut(policy.name),
            how: isManaged(policy.name) ? SUGGESTION_TEXTS.managed : SUGGESTION_TEXTS.inline,
            size: grouped(policy.size),
            path,
            jsonHtml: budget >= 0 ? escapeText(json) : null,
          };
        }),
        managed: managed > MAX_MANAGED ? grouped(managed) : null,
        left: documents.length > MAX_DOCUMENTS ? plural(documents.length - MAX_DOCUMENTS, 'document') : null,
      };
    })
    .filter((variant) => variant.policies.length > 0);
}

const SIGNS = { removed: '−', added: '+', same: ' ' } as const;
const ELEMENTS = { removed: 'del', added: 'ins', same: 'span' } as const;

/** Changes of the cautious alternative, by place. */
function diffHtml(p: DescribedPrincipal): string {
  let html = '';
  const places = diffOf(p);
  for (const [i, { place, lines }] of places.entries()) {
    const seen = { removed: 0, added: 0, same: 0 };
    let block = `<b>${isolate(cut(place))}</b>\n`;
    for (const line of lines) if (++seen[line.kind] <= MAX_LINES[line.kind]) block += lineHtml(line);
    for (const kind of ['removed', 'added', 'same'] as const) {
      const left = seen[kind] - MAX_LINES[kind];
      if (left > 0) block += lineHtml({ kind, text: SUGGESTION_TEXTS.moreLines[kind](grouped(left)) });
    }
    if (html.length + block.length > MAX_DIFF && html !== '')
      return `${html}<b>${SUGGESTION_TEXTS.moreStatements(plural(places.length - i, 'more statement'))}</b>\n`;
    html += block;
  }
  return html;
}

const lineHtml = ({ kind, text }: Line): string =>
  `<${ELEMENTS[kind]}>${SIGNS[kind]} ${isolate(cut(text))}</${ELEMENTS[kind]}>\n`;
