import type { ActionSet, Catalog } from '../catalog/types.js';
import { draftStatements, type Draft, type Narrower } from './suggest/drafts.js';
import { createNarrower, type ObservedResources } from './suggest/narrow.js';
import type { Pass } from './suggest/passes.js';
import { pack } from './suggest/pack.js';
import type { Principal, SuggestedPolicies, SuggestedPolicy } from './types.js';

export type { ObservedResources, Pass };

/**
 * Policies to replace all identity-based policies of a principal, including those of its groups. They are made from
 * today's Allow statements, with the same Resource and Condition, and include every Deny: so they never allow more
 * than today. The permissions boundary stays and is not repeated. Sids are dropped, because merged statements would
 * clash. Patterns without known action stay in `cautious` only.
 * @param observed if given, `observed` is `strict` limited to these resources; empty if that is not narrower
 * @param passes the same for the roles that iam:PassRole passed; empty if not all are known
 */
export function suggestPolicies(
  principal: Principal,
  keep: {
    readonly strict: ActionSet;
    readonly cautious: ActionSet;
    /** IAM prefixes of services of which `cautious` also keeps unknown actions. */
    readonly services?: readonly string[];
  },
  catalog: Catalog,
  observed: ObservedResources = new Map(),
  passes: readonly Pass[] = [],
): SuggestedPolicies {
  const drafts = (level: 'strict' | 'cautious', narrow?: Narrower): readonly Draft[] =>
    draftStatements(
      principal,
      level === 'cautious'
        ? { actions: keep.cautious, unknownPatterns: true, services: keep.services ?? [] }
        : { actions: keep.strict, unknownPatterns: false, services: [] },
      catalog,
      narrow,
    );
  const make = (level: keyof SuggestedPolicies, from: readonly Draft[]): readonly SuggestedPolicy[] =>
    pack(`cloudtracker-${level}`, principal.type, from);
  const strict = drafts('strict');
  const isKnown = observed.size > 0 || passes.length > 0;
  const narrow = isKnown
    ? drafts('strict', createNarrower(principal, keep.strict, catalog, observed, passes))
    : strict;
  return {
    strict: make('strict', strict),
    cautious: make('cautious', drafts('cautious')),
    observed: JSON.stringify(narrow) === JSON.stringify(strict) ? [] : make('observed', narrow),
  };
}
