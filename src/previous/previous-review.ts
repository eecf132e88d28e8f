import type { ActionNames } from '../review/since-last-review/names.js';
import type { Snapshots } from '../review/since-last-review/snapshot.js';
import type { PreviousReview, Snapshot } from '../review/since-last-review/types.js';
import type { StoredReport } from './stored-report.js';

/** The action catalog of a review. */
export interface Listed {
  readonly updatedAt: string;
  readonly actions: number;
}

/**
 * Reads what a comparison needs from an earlier report.
 * @param today the action catalog of the comparison
 * @throws UserError like `StoredReport`
 */
export async function readPrevious(
  report: StoredReport,
  snapshots: Snapshots,
  today: Listed,
): Promise<PreviousReview> {
  const principals: Snapshot[] = [];
  for (const { id } of report.accounts)
    for await (const principal of report.principals(id)) principals.push(snapshots.of(principal));
  return {
    id: report.review.id,
    period: report.review.period,
    accountIds: report.accounts.map(({ id }) => id),
    principals,
    listed: await listedThen(report, snapshots.names, today),
  };
}

async function listedThen(report: StoredReport, names: ActionNames, today: Listed) {
  const { updatedAt, actions } = report.review.actionData;
  if (updatedAt === today.updatedAt && actions === today.actions) return null;
  const listed = await report.listedActions();
  return listed === undefined ? null : names.setOf(listed);
}
