import type { PrincipalRecord } from '../../model/principal.js';
import type { ChangeRecord } from '../../model/since-last-review.js';
import type { PrincipalChange } from '../../review/since-last-review/types.js';

/** A line of json/changes.ndjson. */
export function changeRecord(one: PrincipalChange): ChangeRecord {
  const { principal, ...rest } = one;
  return { ...principal, ...rest };
}

/** What of it is in a line of principals.ndjson. */
export const shortRecord = ({
  change,
  decision,
  outcome,
}: PrincipalChange): NonNullable<PrincipalRecord['sinceLast']> => ({
  change,
  decision: decision?.decision ?? null,
  outcome,
});
