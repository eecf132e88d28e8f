import { compareText } from '../base/compare.js';
import { createCallPlans, type RequestPlan } from '../base/requests/plan.js';
import { compareActivity } from './aggregate.js';
import type { ActivityRow, RequestRow } from './types.js';

/** The order of rows, the same from every engine. */
export function compareRequests(a: RequestRow, b: RequestRow): number {
  return (
    compareActivity(a, b) ||
    compareText(a.parameters, b.parameters) ||
    compareText(a.found.join(' '), b.found.join(' ')) ||
    Math.min(a.roles.length, 1) - Math.min(b.roles.length, 1)
  );
}

/** The rows of a source that holds no request parameters: what its calls did besides is not known. */
export function* missingRequests(
  activity: Iterable<ActivityRow>,
  plan: RequestPlan | undefined,
): Generator<RequestRow> {
  if (plan === undefined) return;
  const planOf = createCallPlans(plan);
  for (const row of activity) {
    if (row.apiCall && planOf(row.eventSource, row.eventName) !== null)
      yield { ...row, parameters: 'missing', found: [], roles: [], rolesComplete: true };
  }
}
