import type { Catalog } from '../catalog/types.js';
import type { Exemption } from '../config/types.js';
import { emptySet } from '../catalog/action-set.js';
import type { Evaluator } from '../iam/evaluate.js';
import type { IamAccount } from '../iam/types.js';
import type { AccountCoverage, ActivityRow, AssumptionRow, TrailNotes } from '../trail/types.js';
import { reviewAssumptions, type AssumeRules, type AssumptionBook } from './assumptions.js';
import { findExemption } from './exemptions.js';
import { Population, sortActivity, type SortedActivity } from './population.js';
import { reviewPrincipal } from './principal.js';
import { creditActivity } from './status.js';
import { Tally } from './tally.js';
import type {
  AssumptionReview,
  PrincipalAssumptions,
  PrincipalReview,
  ReviewHead,
  ReviewTotals,
  UsedAction,
} from './types.js';

/** All that a review is made from; everything is read before, nothing is read later. */
export interface ReviewInput {
  readonly head: ReviewHead;
  readonly catalog: Catalog;
  /** Sorted by id. */
  readonly accounts: readonly IamAccount[];
  readonly evaluators: ReadonlyMap<string, Evaluator>;
  readonly rules: AssumeRules;
  readonly coverage: readonly AccountCoverage[];
  readonly activity: AsyncIterable<ActivityRow>;
  readonly assumptions: AsyncIterable<AssumptionRow>;
  /** Read after both streams have ended. */
  readonly notes: () => TrailNotes;
  readonly exemptions: readonly Exemption[];
  /** IAM prefixes whose data events are logged, says the configuration. */
  readonly dataEvents: readonly string[];
}

/** A review in the order in which it is written: principals one by one, then the pairs, then the totals. */
export interface Review {
  principals(): Iterable<{ readonly principal: PrincipalReview; readonly assumptions: PrincipalAssumptions }>;
  readonly assumptions: readonly AssumptionReview[];
  /** @throws Error when the principals have not been gone through. */
  totals(): ReviewTotals;
}

export async function createReview(input: ReviewInput): Promise<Review> {
  const { catalog, accounts } = input;
  const population = new Population(accounts);
  const tally = new Tally(catalog);
  const activity = await sortActivity(input.activity, population, (row) => {
    tally.addRow(row);
  });
  const book = await reviewAssumptions(input.assumptions, population, input.rules, (roleArn, rows) =>
    callsToActions(input, population, roleArn, rows),
  );
  const notes = input.notes();
  return {
    principals: () => reviewAll(input, activity, book, notes, tally),
    assumptions: book.all,
    totals: () => tally.totals(accounts, input.coverage, activity.trailOnly, notes),
  };
}

function* reviewAll(
  input: ReviewInput,
  activity: SortedActivity,
  book: AssumptionBook,
  notes: TrailNotes,
  tally: Tally,
): Generator<{ principal: PrincipalReview; assumptions: PrincipalAssumptions }> {
  const coverages = new Map(input.coverage.map((coverage) => [coverage.accountId, coverage]));
  for (const account of input.accounts) {
    const coverage = coverages.get(account.id);
    const evaluator = input.evaluators.get(account.id);
    if (evaluator === undefined) throw new Error(`no evaluator for account ${account.id}`);
    const dataEvents = [...input.dataEvents, ...(coverage?.dataEventSources ?? [])];
    const trailGaps = notes.incomplete
      .filter((gap) => gap.accountId === null || gap.accountId === account.id)
      .map((gap) => gap.reason);
    for (const principal of account.principals) {
      const review = reviewPrincipal({
        catalog: input.catalog,
        principal,
        accountName: account.name,
        grants: evaluator.grants(principal),
        rows: activity.byPrincipal.get(principal) ?? [],
        coverage,
        dataEvents,
        period: input.head.period,
        sessionsStarted: principal.type === 'role' ? book.sessionsOf(principal.arn) : 0,
        trailGaps,
        exemption: findExemption(input.exemptions, principal.arn, input.head.period.end),
      });
      tally.addPrincipal(review);
      yield { principal: review, assumptions: book.of(principal.arn) };
    }
  }
}

/** What was done inside a pair's sessions; an event that may be one of several actions is read with the role's grants. */
function callsToActions(
  input: ReviewInput,
  population: Population,
  roleArn: string,
  rows: readonly AssumptionRow[],
): UsedAction[] {
  const { catalog } = input;
  const role = population.principal(roleArn);
  const granted =
    (role === undefined ? undefined : input.evaluators.get(role.accountId)?.grants(role).granted) ??
    emptySet(catalog.actions.length);
  const credit = creditActivity(
    catalog,
    granted,
    rows.flatMap((row) => row.calls),
  );
  return [...credit.used]
    .sort(([a], [b]) => a - b)
    .map(([action, use]) => ({
      action: catalog.actions[action] ?? '',
      count: use.count,
      firstUsed: use.first,
      lastUsed: use.last,
    }));
}
