import { compareText } from '../base/compare.js';
import { createCallPlans, type RequestPlan } from '../base/requests/plan.js';
import { compareActivity } from './aggregate.js';
import type { ActivityRow, RequestRow } from './types.js';

/** Order of rows, the same in every engine. */
export function compareRequests(a: RequestRow, b: RequestRow): number {
  return (
    compareActivity(a, b) ||
    compareText(a.parameters, b.parameters) ||
    compareText(a.found.join(' '), b.found.join(' ')) ||
    Math.min(a.roles.length, 1) - Math.min(b.roles.length, 1)
  );
}

/** Rows of a source without request parameters: further actions of its calls are unknown. */
export function* missingRequests(
  activity: Iterable<ActivityRow>,
  plan: RequestPlan | undefined,
): Generator<RequestRow> {
  if (plan === undefined) return;
  const planOf = createCallPlans(plan);
  for (const row of activity) {
    if (row.apiCall && row.networkActivity !== true && planOf(row.eventSource, row.eventName) !== null)
      yield { ...row, parameters: 'missing', found: [], roles: [], rolesComplete: true };
  }
}
