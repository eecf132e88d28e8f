import type { FindCallPlan } from '../../base/requests/plan.js';
import type { RequestCollector } from '../request-collector.js';
import type { ActivityRow } from '../types.js';

/** The calls of which requests are read, and what was found. */
export interface AskedCalls {
  readonly planOf: FindCallPlan;
  /** `planId` of the plan. */
  readonly id: string;
  readonly rows: RequestCollector;
}

/** Whether a plan asks for a call. Events of VPC endpoints lack the parameters that the event of the call itself has. */
export const isAsked = (row: ActivityRow, planOf: FindCallPlan): boolean =>
  row.apiCall && row.networkActivity !== true && planOf(row.eventSource, row.eventName) !== null;
