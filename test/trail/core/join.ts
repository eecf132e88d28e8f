import type { Period } from '../../../src/period.js';
import { DistinctStarts } from '../../../src/trail/distinct-starts.js';
import { SessionJoin } from '../../../src/trail/sessions.js';
import type { AssumptionRow, KeyActivity, SessionStart } from '../../../src/trail/types.js';

/** A start whose time is ISO text. */
export type Start = Omit<SessionStart, 'time'> & { readonly time: string };

const seconds = (time: string): number => Date.parse(time) / 1000;

/** Joins starts and calls that are all there. */
export function joinSessions(
  starts: readonly Start[],
  calls: readonly KeyActivity[],
  period: Period,
): AssumptionRow[] {
  const distinct = new DistinctStarts();
  for (const start of starts) distinct.add({ ...start, time: seconds(start.time) });
  const join = new SessionJoin(period);
  join.start(distinct.take());
  for (const call of calls) join.add(call);
  return join.rows();
}
