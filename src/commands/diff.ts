import { textBefore } from '../base/text-before.js';
import { UserError } from '../config/types.js';
import { StoredReport, type StoredPrincipal } from '../previous/stored-report.js';
import { readPrevious } from '../previous/previous-review.js';
import { changeRecord } from '../report/since-last-review/record.js';
import { Comparison } from '../review/since-last-review/comparison.js';
import { ActionNames } from '../review/since-last-review/names.js';
import { Snapshots } from '../review/since-last-review/snapshot.js';
import { describeChange, type DescribedChange } from '../wording/described.js';
import type { PrincipalChange } from '../review/since-last-review/types.js';
import { PREVIOUS_REPORT_ERRORS } from '../wording/previous-report.js';

export interface DiffResult {
  readonly before: string;
  readonly now: string;
  /** All principals of both reports, in the order of changes.ndjson. */
  readonly changes: readonly DescribedChange[];
}

/**
 * Compares two reports, without logs and IAM files.
 * @throws UserError if one of them is unreadable
 */
export async function runDiff(before: string, now: string): Promise<DiffResult> {
  const [stored, current] = [await StoredReport.open(before), await StoredReport.open(now)];
  const names = new ActionNames();
  const snapshots = new Snapshots(names);
  const previous = await readPrevious(stored, snapshots, current.review.actionData);
  const listed = previous.listed === null ? [] : await current.listedActions();
  if (listed === undefined) {
    throw new UserError(PREVIOUS_REPORT_ERRORS.noCatalog(now));
  }
  const comparison = new Comparison({
    ...{ names, previous, decisions: null },
    listed: names.setOf(listed),
    accountIds: current.accounts.map(({ id }) => id),
  });
  const changes: PrincipalChange[] = [];
  for (const { id } of current.accounts) {
    for await (const principal of current.principals(id))
      changes.push(comparison.compare(snapshots.of(principal), grantedBy(principal)));
    changes.push(...comparison.gone(id));
  }
  changes.push(...comparison.notReviewed());
  return { before: stored.review.id, now: current.review.id, changes: changes.map(describeChange) };
}

/** A line of json/changes.ndjson. */
export const diffLine = (one: DescribedChange): string => JSON.stringify(changeRecord(one));

/** For used actions, a report has the policies of the action; for others, the policies of the service. */
function grantedBy({ used, services }: StoredPrincipal): (action: string) => readonly string[] {
  const byAction = new Map(used.map((use) => [use.action, use.grantedBy]));
  const byService = new Map(services.map((service) => [service.service, service.grantedBy]));
  return (action) => byAction.get(action) ?? byService.get(textBefore(action, ':')) ?? [];
}
