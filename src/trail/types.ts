import type { RequestPlan } from '../base/requests/plan.js';
import type { Period } from '../period.js';
import type { AccountCoverage, TrailNotes } from './evidence.js';
import type { ActivityRow, AssumptionRow, PersonRow, RequestRow, ResourceRow, WeekRow } from './rows.js';

export type * from './evidence.js';
export * from './rows.js';

/** The questions. The same events give the same answers in every engine. */
export interface TrailSource {
  coverage(): Promise<readonly AccountCoverage[]>;
  activity(): AsyncIterable<ActivityRow>;
  assumptions(): AsyncIterable<AssumptionRow>;
  /** Sorted by actor, session name, source identity, then like activity. */
  people(): AsyncIterable<PersonRow>;
  /** Sorted by actor, account, event source, event name. */
  resources(): AsyncIterable<ResourceRow>;
  /** Calls in the plan of `TrailRequest.requests`. Sorted like activity, then by `compareRequests`. */
  requests(): AsyncIterable<RequestRow>;
  /** Sorted by actor, account, week, outcome. */
  weeks(): AsyncIterable<WeekRow>;
  /** Complete after all questions have been answered. */
  notes(): TrailNotes;
  close(): Promise<void>;
}

export interface TrailRequest {
  readonly period: Period;
  /** IDs of the accounts in scope: events with another recipientAccountId are skipped and counted. */
  readonly accountIds: readonly string[];
  readonly concurrency: number;
  /** What `requests` looks for; absent: no rows. */
  readonly requests?: RequestPlan;
  readonly onProgress?: (message: string) => void;
  /** Milliseconds since 1970: answers of a server after this time are incomplete. Absent: as configured. */
  readonly deadline?: number;
}
