import type { ActionSet, Catalog } from '../catalog/types.js';
import { draftStatements, type Draft, type Narrower } from './suggest/drafts.js';
import { createNarrower, type ObservedResources } from './suggest/narrow.js';
import { pack } from './suggest/pack.js';
import type { Principal, SuggestedPolicies, SuggestedPolicy } from './types.js';

export type { ObservedResources };

/**
 * Policies to put in place of all identity policies of a principal (groups' included). They are cut from today's
 * Allow statements, keeping Resource and Condition, and carry every Deny: so they never allow what today's do not.
 * The permission boundary stays in place and is not repeated. Sids are dropped: merged statements would clash.
 * Patterns the catalog does not know stay in `cautious` only.
 * @param observed where given, `observed` holds `strict` on these resources; empty where that is nothing narrower
 */
export function suggestPolicies(
  principal: Principal,
  keep: { readonly strict: ActionSet; readonly cautious: ActionSet },
  catalog: Catalog,
  observed: ObservedResources = new Map(),
): SuggestedPolicies {
  const drafts = (level: 'strict' | 'cautious', narrower?: Narrower): readonly Draft[] =>
    draftStatements(
      principal,
      { actions: keep[level], unknownPatterns: level === 'cautious' },
      catalog,
      narrower,
    );
  const make = (level: keyof SuggestedPolicies, from: readonly Draft[]): readonly SuggestedPolicy[] =>
    pack(`cloudtracker-${level}`, principal.type, from);
  const strict = drafts('strict');
  const narrower = createNarrower(principal, keep.strict, catalog, observed);
  const narrow = observed.size === 0 ? strict : drafts('strict', narrower);
  return {
    strict: make('strict', strict),
    cautious: make('cautious', drafts('cautious')),
    observed: JSON.stringify(narrow) === JSON.stringify(strict) ? [] : make('observed', narrow),
  };
}
