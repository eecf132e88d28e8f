import { resolve } from 'node:path';
import type { Catalog } from '../catalog/types.js';
import { UserError } from '../config/types.js';
import type { Period } from '../period.js';
import { loadDecisions } from '../previous/decisions.js';
import { readPrevious } from '../previous/previous-review.js';
import { StoredReport } from '../previous/stored-report.js';
import { Comparison } from '../review/since-last-review/comparison.js';
import { ActionNames } from '../review/since-last-review/names.js';
import { Snapshots } from '../review/since-last-review/snapshot.js';
import type { PrincipalReview } from '../review/types.js';
import { PREVIOUS_REPORT_ERRORS } from '../wording/previous-report.js';

export interface PreviousReviewOptions {
  /** Report folder of the last review. */
  readonly previous?: string | undefined;
  /** Filled-in access-review.csv of that report. */
  readonly decisions?: string | undefined;
  readonly output: string;
}

export interface PreviousReviewComparison {
  readonly comparison: Comparison;
  /** The principal with its changes. */
  compare(principal: PrincipalReview): PrincipalReview;
}

/**
 * Reads the last review and its decisions.
 * @returns undefined without `previous`
 * @throws UserError if one of them is unreadable, or belongs to another review
 */
export async function openPreviousReview(
  options: PreviousReviewOptions,
  catalog: Catalog,
  review: { readonly accountIds: readonly string[]; readonly period: Period },
): Promise<PreviousReviewComparison | undefined> {
  const { previous: folder, decisions: file } = options;
  if (folder === undefined) {
    if (file === undefined) return undefined;
    throw new UserError(PREVIOUS_REPORT_ERRORS.decisionsWithoutPrevious);
  }
  if (resolve(folder) === resolve(options.output)) {
    throw new UserError(PREVIOUS_REPORT_ERRORS.sameFolder);
  }
  const stored = await StoredReport.open(folder);
  if (stored.review.period.start >= review.period.end) {
    throw new UserError(PREVIOUS_REPORT_ERRORS.notEarlier(folder, stored.review.period.start.slice(0, 10)));
  }
  const names = new ActionNames();
  const snapshots = new Snapshots(names);
  const previous = await readPrevious(stored, snapshots, {
    updatedAt: catalog.updatedAt,
    actions: catalog.actions.length,
  });
  const comparison = new Comparison({
    names,
    previous,
    listed: names.setOf(catalog.actions),
    accountIds: review.accountIds,
    decisions: file === undefined ? null : await loadDecisions(file, previous),
  });
  return {
    comparison,
    compare: (principal) => ({
      ...principal,
      sinceLast: comparison.compare(snapshots.of(principal), (action) => principal.grantedBy(action)),
    }),
  };
}
