import { increment, countOf } from '../base/maps.js';
import type { Exemption } from '../config/types.js';
import { matchesWildcard } from '../iam/patterns.js';
import type { ReviewWarning } from './reasons.js';
import type { ExemptionReview } from './types.js';

/**
 * The exemptions of a review, and the number of principals of each. Exempted principals stay in the population. An
 * exemption has expired if its last day precedes the end of the period.
 */
export class Exemptions {
  readonly #all: readonly {
    readonly exemption: Exemption;
    readonly expired: boolean;
  }[];
  readonly #marked = new Map<string, number>();

  /** @param end exclusive end of the period, ISO 8601 */
  constructor(exemptions: readonly Exemption[], end: string) {
    this.#all = exemptions.map((exemption) => ({
      exemption,
      expired: exemption.expires !== null && `${exemption.expires}T23:59:59Z` < end,
    }));
  }

  /**
   * The first exemption whose pattern (`*` and `?`, case-sensitive) matches the ARN; a valid one wins over an
   * expired one.
   */
  mark(arn: string): (Exemption & { readonly expired: boolean }) | null {
    const matches = this.#all.filter(({ exemption }) => matchesWildcard(exemption.arn, arn));
    const match = matches.find(({ expired }) => !expired) ?? matches[0];
    if (match === undefined) return null;
    const { exemption, expired } = match;
    increment(this.#marked, exemption.id);
    return { ...exemption, expired };
  }

  /** In the order of the configuration. */
  all(): readonly ExemptionReview[] {
    return this.#all.map(({ exemption, expired }) => ({
      ...exemption,
      expired,
      principals: countOf(this.#marked, exemption.id),
    }));
  }

  warnings(): readonly ReviewWarning[] {
    return this.all().flatMap(
      ({ id, owner, expires, expired, principals, arn }): readonly ReviewWarning[] => {
        if (principals === 0) return [{ kind: 'unmatched-exemption', id, owner, arn }];
        return expired && expires !== null
          ? [{ kind: 'expired-exemption', id, owner, expires, principals }]
          : [];
      },
    );
  }
}
