import { append, getOrInsertComputed } from '../base/maps.js';
import { createCallPlans, type FindCallPlan } from '../base/requests/plan.js';
import { MISSING, NOTHING, type RequestContents } from '../base/requests/reader.js';
import { evidenceOf } from '../catalog/further-evidence.js';
import type { RequestEvidence } from '../catalog/further-types.js';
import type { Catalog } from '../catalog/types.js';
import { activityKey } from '../trail/aggregate.js';
import type { ActivityRow, RequestRow } from '../trail/types.js';

/** Calls, with what their requests show. */
export interface ExplainedCall extends ActivityRow {
  readonly evidence: RequestEvidence;
  /** The roles in the requests; none where they are not known. */
  readonly roles: RequestRow['roles'];
  readonly rolesComplete: boolean;
}

const NO_ROLES = { roles: [], rolesComplete: true } as const;

/**
 * The calls of one principal, split by what their requests show. Without a row about its request, nothing is known of a
 * call: a network activity event has no request.
 */
export function explainCalls(
  catalog: Catalog,
  rows: readonly ActivityRow[],
  requests: readonly RequestRow[],
): ExplainedCall[] {
  const planOf = callPlans(catalog);
  const byCall = new Map<string, RequestRow[]>();
  for (const row of requests) append(byCall, activityKey(row), row);
  return rows.flatMap((row): ExplainedCall[] => {
    const { eventSource, eventName } = row;
    const explain = (contents: RequestContents): RequestEvidence =>
      evidenceOf(catalog, eventSource, eventName, contents);
    if (!row.apiCall || planOf(eventSource, eventName) === null)
      return [{ ...row, evidence: explain(NOTHING), ...NO_ROLES }];
    const known = byCall.get(activityKey(row)) ?? [];
    const left = row.count - known.reduce((sum, { count }) => sum + count, 0);
    const explained = known.map((request): ExplainedCall => {
      const roles = request.roles.map(({ role }) => role);
      return { ...request, evidence: explain({ ...request, roles }) };
    });
    return left <= 0
      ? explained
      : [...explained, { ...row, count: left, evidence: explain(MISSING), ...NO_ROLES }];
  });
}

const plansByCatalog = new WeakMap<Catalog, FindCallPlan>();

function callPlans(catalog: Catalog): FindCallPlan {
  return getOrInsertComputed(plansByCatalog, catalog, () => createCallPlans(catalog.requestPlan));
}
