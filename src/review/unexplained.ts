import { increment, countOf } from '../base/maps.js';
import type { ActivityRow, AssumptionRow } from '../trail/types.js';

/**
 * Whether a role made calls in sessions whose start is not in the logs: the trust policy entry that allowed them is
 * unknown. Console sign-ins are not calls of a session.
 * @param sessions all rows of this role, from all types of sources
 */
export function hasUnexplainedCalls(
  calls: readonly ActivityRow[],
  sessions: readonly AssumptionRow[],
): boolean {
  const explained = new Map<string, number>();
  for (const call of sessions.flatMap((row) => row.calls)) {
    const key = keyOf(call);
    increment(explained, key, call.count);
  }
  const made = new Map<string, number>();
  for (const call of calls) {
    if (!call.apiCall) continue;
    const key = keyOf(call);
    increment(made, key, call.count);
  }
  return [...made].some(([key, count]) => count > countOf(explained, key));
}

const keyOf = ({ eventSource, eventName }: Pick<ActivityRow, 'eventSource' | 'eventName'>): string =>
  `${eventSource}\n${eventName}`;
