import type { DecisionRow, PreviousReview, ReviewerDecision, Snapshot } from './types.js';

/** A row of a filled-in access-review.csv and its identifying cells; '' if empty. */
export interface ReviewedRow extends DecisionRow {
  readonly rowId: string;
  readonly uniqueId: string;
  readonly arn: string;
}

/** Why a row is unusable. */
export type RowProblem = { readonly line: number } & (
  | { readonly kind: 'other-review'; readonly rowId: string; readonly review: string }
  | { readonly kind: 'no-such-principal'; readonly name: string }
  | {
      readonly kind: 'other-decision';
      readonly arn: string;
      readonly otherLine: number;
      readonly decision: ReviewerDecision | null;
    }
);

/**
 * Finds the principal of each row, in the review of the decisions. A row that matches no principal, or contradicts
 * another row, is a problem: a lost decision is worse than a file that must be corrected.
 */
export function assignDecisions(
  previous: PreviousReview,
  rows: readonly ReviewedRow[],
): { readonly decisions: ReadonlyMap<Snapshot, DecisionRow>; readonly problems: readonly RowProblem[] } {
  const byRowId = new Map<string, Snapshot>(
    previous.principals.map((one) => [`${previous.id}/${one.accountId}/${one.id}`, one]),
  );
  const byArn = new Map(previous.principals.map((one) => [one.arn, one] as const));
  const byId = new Map(previous.principals.map((one) => [one.id, one] as const));
  const decisions = new Map<Snapshot, DecisionRow>();
  const problems: RowProblem[] = [];
  for (const row of rows) {
    const { rowId, uniqueId, arn, ...decision } = row;
    const review = /^(.+)\/\d+\/[^/]*$/.exec(rowId)?.[1];
    if (review !== undefined && review !== previous.id) {
      problems.push({ line: row.line, kind: 'other-review', rowId, review });
      continue;
    }
    const found =
      byRowId.get(rowId) ??
      (uniqueId === '' ? undefined : byId.get(uniqueId)) ??
      (uniqueId === '' ? byArn.get(arn) : undefined);
    if (found === undefined) {
      const name = arn || uniqueId || rowId;
      problems.push({ line: row.line, kind: 'no-such-principal', name });
      continue;
    }
    const before = decisions.get(found);
    if (before === undefined) decisions.set(found, decision);
    else if (before.decision !== decision.decision)
      problems.push({
        line: row.line,
        kind: 'other-decision',
        arn: found.arn,
        otherLine: before.line,
        decision: before.decision,
      });
  }
  return { decisions, problems };
}
