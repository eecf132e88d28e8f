import type { PrincipalReview } from '../../review/types.js';

/**
 * How many granted actions each variant of a suggestion takes away. `strict` keeps the used ones; `cautious` also those
 * that were tried without success, and in services that were used those that CloudTrail does not record.
 */
export function removedActions(principal: PrincipalReview): { strict: number; cautious: number } {
  const tried = new Set([...principal.denied, ...principal.failed].map(({ action }) => action));
  const servicesUsed = new Set(
    principal.services.filter(({ used }) => used > 0).map(({ service }) => service),
  );
  const unused = principal.unused.filter((action) => !tried.has(action));
  const unknown = principal.unknown.filter(
    (action) => !tried.has(action) && !servicesUsed.has(action.slice(0, action.indexOf(':'))),
  );
  return {
    strict: principal.counts.unused + principal.counts.unknown,
    cautious: unused.length + unknown.length,
  };
}
