import type { Period } from '../../../src/period.js';
import { SessionJoin } from '../../../src/trail/sessions.js';
import type { AssumptionRow, KeyActivity, SessionStart } from '../../../src/trail/types.js';

/** A start whose time is ISO text. */
export type Start = Omit<SessionStart, 'time'> & { readonly time: string };

export const seconds = (time: string): number => Date.parse(time) / 1000;

/** Joins starts and calls that are all there. */
export function joinSessions(
  starts: readonly Start[],
  calls: readonly KeyActivity[],
  period: Period,
): AssumptionRow[] {
  const join = new SessionJoin(
    starts.map((start) => ({ ...start, time: seconds(start.time) })),
    period,
  );
  for (const call of calls) join.add(call);
  return join.rows();
}
