import type { SinceLast } from '../../review/loop/types.js';

/** A line of json/changes.ndjson. */
export function changeRecord(one: SinceLast): unknown {
  const { principal, ...rest } = one;
  return { ...principal, ...rest };
}

/** What of it is in a line of principals.ndjson. */
export const shortRecord = ({ change, decision, outcome }: SinceLast): unknown => ({
  change,
  decision: decision?.decision ?? null,
  outcome,
});
