import type { PrincipalRecord } from '../../model/principal.js';
import type { ChangeRecord } from '../../model/since-last-review.js';
import type { DescribedChange } from '../../wording/described.js';

/** A line of json/changes.ndjson. */
export function changeRecord(one: DescribedChange): ChangeRecord {
  const { principal, change, state, decision, outcome, sentence, added, removed, relisted, ...others } = one;
  const { policies, groups, boundary, trusted, admin, granted, unusedStillGranted, renamedFrom } = others;
  return {
    ...principal,
    ...{
      added,
      removed,
      relisted,
      policies,
      groups,
      boundary,
      trusted,
      renamedFrom,
      change,
      state,
      decision,
    },
    ...{ admin, granted, unusedStillGranted, outcome, sentence },
  };
}

/** The part in a line of principals.ndjson. */
export const shortRecord = ({
  change,
  decision,
  outcome,
}: DescribedChange): NonNullable<PrincipalRecord['sinceLast']> => ({
  change,
  decision: decision?.decision ?? null,
  outcome,
});
