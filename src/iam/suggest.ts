import type { ActionSet, Catalog } from '../catalog/types.js';
import { draftStatements, type Draft, type Narrower } from './suggest/drafts.js';
import { createNarrower, type ObservedResources } from './suggest/narrow.js';
import { pack } from './suggest/pack.js';
import type { Principal, SuggestedPolicies, SuggestedPolicy } from './types.js';

export type { ObservedResources };

/**
 * Policies to replace all identity-based policies of a principal, including those of its groups. They are made from
 * today's Allow statements, with the same Resource and Condition, and include every Deny: so they never allow more
 * than today. The permissions boundary stays and is not repeated. Sids are dropped, because merged statements would
 * clash. Patterns without known action stay in `cautious` only.
 * @param observed if given, `observed` is `strict` limited to these resources; empty if that is not narrower
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
