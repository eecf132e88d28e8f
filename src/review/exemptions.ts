import type { Exemption } from '../config/types.js';
import type { PrincipalReview } from './types.js';

/**
 * The first exemption whose glob (`*` and `?`, case-sensitive) matches the ARN, with whether it had expired when the
 * period ended; an unexpired one wins over an expired one. Exempted principals stay in the population.
 * @param end exclusive end of the period, ISO 8601
 */
export function findExemption(
  exemptions: readonly Exemption[],
  arn: string,
  end: string,
): PrincipalReview['exemption'] {
  const matches = exemptions
    .filter((exemption) => globToRegExp(exemption.arn).test(arn))
    .map(({ id, reason, expires }) => ({
      id,
      reason,
      expired: expires !== null && `${expires}T23:59:59Z` < end,
    }));
  return matches.find((match) => !match.expired) ?? matches[0] ?? null;
}

function globToRegExp(glob: string): RegExp {
  const source = glob.replace(/\*+/g, '*').replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
