import type { FindCallPlan } from '../../base/requests/plan.js';
import type { RequestCollector } from '../request-collector.js';
import type { ActivityRow } from '../types.js';

/** Calls whose requests are read, and the results. */
export interface AskedCalls {
  readonly planOf: FindCallPlan;
  /** `planId` of the plan. */
  readonly id: string;
  readonly rows: RequestCollector;
}

/** Whether the call has a plan. A network activity event lacks the parameters of the call's own event. */
export const isAsked = (row: ActivityRow, planOf: FindCallPlan): boolean =>
  row.apiCall && row.networkActivity !== true && planOf(row.eventSource, row.eventName) !== null;
