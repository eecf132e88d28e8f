import { compareBy } from '../base/compare.js';
import type { Principal } from '../iam/types.js';
import type { WeekRow } from '../trail/types.js';
import { RowsByPrincipal } from './rows-by-principal.js';
import type { PrincipalIndex } from './principal-index.js';
import type { WeekReview } from './types.js';

export interface Weeks {
  /** Weeks with calls, in order. Call it once per principal: its rows are dropped. */
  take(principal: Principal): WeekReview[];
}

/** Calls per week. If several accounts recorded calls, those in the principal's own account count, if any. */
export async function sortWeeks(
  rows: AsyncIterable<WeekRow>,
  principalIndex: PrincipalIndex,
): Promise<Weeks> {
  const rowsByPrincipal = new RowsByPrincipal<WeekRow>((row) => `${row.week}\n${row.outcome}`);
  for await (const row of rows) {
    const match = principalIndex.match(row.actor);
    if (match.kind === 'principal') rowsByPrincipal.add(match.principal, row);
  }
  return {
    take: (principal) => {
      const weeks = new Map<string, { week: string; succeeded: number; denied: number; failed: number }>();
      for (const { week, outcome, count } of rowsByPrincipal.take(principal)) {
        const found = weeks.get(week) ?? { week, succeeded: 0, denied: 0, failed: 0 };
        found[outcome] += count;
        weeks.set(week, found);
      }
      return [...weeks.values()].sort(compareBy(({ week }) => week));
    },
  };
}
