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
  /** Folder of the last review's report. */
  readonly previous?: string | undefined;
  /** Its access-review.csv, filled in. */
  readonly decisions?: string | undefined;
  readonly output: string;
}

export interface PreviousReviewComparison {
  readonly comparison: Comparison;
  /** The principal with what changed about it. */
  compare(principal: PrincipalReview): PrincipalReview;
}

/**
 * Reads the last review, and the decisions made on it.
 * @returns undefined without `previous`
 * @throws UserError when one of them cannot be read, or does not belong to the other or to this review
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
