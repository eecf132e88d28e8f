import type { PrincipalRecord } from '../../model/principal.js';
import type { ChangeRecord } from '../../model/since-last-review.js';
import type { DescribedChange } from '../../wording/described.js';

/** A line of json/changes.ndjson. */
export function changeRecord(one: DescribedChange): ChangeRecord {
  const { principal, sameArn: _, accountReviewed: __, grantsKnown: ___, ...rest } = one;
  return { ...principal, ...rest };
}

/** What of it is in a line of principals.ndjson. */
export const shortRecord = ({
  change,
  decision,
  outcome,
}: DescribedChange): NonNullable<PrincipalRecord['sinceLast']> => ({
  change,
  decision: decision?.decision ?? null,
  outcome,
});
