import { increment } from '../base/maps.js';
import type { ActivityRow, AssumptionRow } from '../trail/types.js';

/**
 * Whether a role made calls in sessions whose start is not in the logs: somebody was let in, and nobody can say by which
 * entry of the trust policy. Sign-ins to the console are no calls of a session.
 * @param sessions all rows of this role, of every kind of source
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
  return [...made].some(([key, count]) => count > (explained.get(key) ?? 0));
}

const keyOf = ({ eventSource, eventName }: Pick<ActivityRow, 'eventSource' | 'eventName'>): string =>
  `${eventSource}\n${eventName}`;
