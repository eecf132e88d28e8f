import { compareBy } from '../base/compare.js';
import type { Principal } from '../iam/types.js';
import type { WeekRow } from '../trail/types.js';
import { RowsByPrincipal } from './rows-by-principal.js';
import type { PrincipalIndex } from './principal-index.js';
import type { WeekReview } from './types.js';

export interface Weeks {
  /** Weeks with calls, in order. To be asked once for each principal: its rows are forgotten. */
  take(principal: Principal): WeekReview[];
}

/** Calls by week. Of calls recorded in several accounts, those of the principal's own account count where it has any. */
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
