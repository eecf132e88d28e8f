import type { ActionSet, Catalog } from '../catalog/types.js';
import type { AccountConfig, Exemption } from '../config/types.js';
import { emptySet } from '../catalog/action-set.js';
import type { Credentials } from '../iam/credentials.js';
import type { Evaluator } from '../iam/evaluate.js';
import { trustEntries } from '../iam/trust.js';
import type { IamAccount, Principal } from '../iam/types.js';
import type {
  AccountCoverage,
  ActivityRow,
  AssumptionRow,
  PersonRow,
  ResourceRow,
  TrailNotes,
  WeekRow,
} from '../trail/types.js';
import { reviewAssumptions, type AssumeRules, type AssumptionBook } from './assumptions.js';
import { Exemptions } from './exemptions.js';
import { LoggedDataEvents } from './logged.js';
import { sortActivity, type SortedActivity } from './activity.js';
import { createGrantedNames } from './granted-names.js';
import { Lists } from './lists.js';
import { sortPeople, type People } from './people.js';
import { Population } from './population.js';
import { reviewPrincipal } from './principal.js';
import { Tally } from './tally.js';
import { reviewTrust, type TrustContext } from './trust.js';
import { usedActions } from './used-actions.js';
import { sortWeeks, type Weeks } from './weeks.js';
import { ownerOf } from './who.js';
import type {
  AssumptionReview,
  PrincipalAssumptions,
  PrincipalReview,
  ReviewHead,
  ReviewTotals,
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
  readonly people: AsyncIterable<PersonRow>;
  readonly resources: AsyncIterable<ResourceRow>;
  readonly weeks: AsyncIterable<WeekRow>;
  /** Read after all streams have ended. */
  readonly notes: () => TrailNotes;
  readonly exemptions: readonly Exemption[];
  /** By ARN of the user: how it can sign in. */
  readonly credentials: ReadonlyMap<string, Credentials>;
  readonly owners: {
    readonly tags: readonly string[];
    readonly accounts: readonly Pick<AccountConfig, 'id' | 'owner'>[];
  };
  /** IAM prefixes whose data events are logged, says the configuration. */
  readonly dataEvents: readonly string[];
}

/** A review in the order in which it is written: principals one by one, then the pairs, then the totals. */
export interface Review {
  /** To be gone through once: what the trail tells of a principal is forgotten with it. @throws Error the second time */
  principals(): Generator<{
    readonly principal: PrincipalReview;
    readonly assumptions: PrincipalAssumptions;
  }>;
  readonly assumptions: readonly AssumptionReview[];
  /** @throws Error when the principals have not been gone through. */
  totals(): ReviewTotals;
}

export async function createReview(input: ReviewInput): Promise<Review> {
  const { catalog, accounts } = input;
  const population = new Population(accounts);
  const tally = new Tally(catalog);
  const logged = new LoggedDataEvents(catalog, input.coverage);
  const activity = await sortActivity(input.activity, population, (row) => {
    tally.addRow(row);
    logged.add(row);
  });
  const grantedTo = (principal: Principal | undefined): ActionSet =>
    (principal && input.evaluators.get(principal.accountId)?.grants(principal).granted) ??
    emptySet(catalog.actions.length);
  const book = await reviewAssumptions(input.assumptions, population, input.rules, (roleArn, rows) =>
    usedActions(
      catalog,
      grantedTo(population.find(roleArn)),
      rows.flatMap((row) => row.calls),
    ),
  );
  const people = await sortPeople(input.people, population, catalog);
  const resources = await sortResources(input.resources, population);
  const weeks = await sortWeeks(input.weeks, population);
  const notes = input.notes();
  const exemptions = new Exemptions(input.exemptions, input.head.period.end);
  let begun = false;
  return {
    principals: () => {
      if (begun) throw new Error('the principals can be gone through once');
      begun = true;
      return reviewAll(input, {
        activity,
        book,
        people,
        resources,
        weeks,
        population,
        logged,
        notes,
        exemptions,
        tally,
      });
    },
    assumptions: book.all,
    totals: () => tally.totals(accounts, input.coverage, activity.trailOnly(catalog), notes, exemptions),
  };
}

interface Evidence {
  readonly activity: SortedActivity;
  readonly book: AssumptionBook;
  readonly people: People;
  readonly resources: Lists<Principal, ResourceRow>;
  readonly weeks: Weeks;
  readonly population: Population;
  readonly logged: LoggedDataEvents;
  readonly notes: TrailNotes;
  readonly exemptions: Exemptions;
  readonly tally: Tally;
}

function* reviewAll(
  input: ReviewInput,
  { activity, book, people, resources, weeks, population, logged, notes, exemptions, tally }: Evidence,
): Generator<{ principal: PrincipalReview; assumptions: PrincipalAssumptions }> {
  const grantedNames = createGrantedNames(input.catalog);
  const accountIds = new Set(input.accounts.map(({ id }) => id));
  const owners = new Map(input.owners.accounts.map(({ id, owner }) => [id, owner]));
  const find: TrustContext['find'] = (arnOrId) => population.find(arnOrId);
  const coverages = new Map(input.coverage.map((coverage) => [coverage.accountId, coverage]));
  for (const account of input.accounts) {
    const coverage = coverages.get(account.id);
    const evaluator = input.evaluators.get(account.id);
    if (evaluator === undefined) throw new Error(`no evaluator for account ${account.id}`);
    const dataEvents = [...input.dataEvents, ...logged.of(account.id)];
    const trailGaps = notes.incomplete
      .filter((gap) => gap.accountId === null || gap.accountId === account.id)
      .map((gap) => gap.reason);
    const complete = trailGaps.length === 0 && coverage !== undefined && coverage.events > 0;
    for (const principal of account.principals) {
      const grants = evaluator.grants(principal);
      const exemption = exemptions.mark(principal.arn);
      const isRole = principal.type === 'role';
      const review = reviewPrincipal({
        catalog: input.catalog,
        principal,
        accountName: account.name,
        grants,
        rows: activity.take(principal),
        coverage,
        dataEvents,
        period: input.head.period,
        sessionsStarted: isRole ? book.sessionsOf(principal.arn) : 0,
        origins: isRole ? book.originsOf(principal.arn) : [],
        people: isRole ? people.take(principal, grants.granted) : [],
        resources: resources.take(principal),
        grantedNames,
        weeks: weeks.take(principal),
        trust: isRole
          ? reviewTrust(principal, trustEntries(principal), book.rowsOf(principal.arn), {
              accountIds,
              find,
              complete,
            })
          : [],
        trailGaps,
        exemption,
        owner: ownerOf(principal, input.owners.tags, exemption, owners.get(account.id)),
        credentials: input.credentials.get(principal.arn) ?? null,
      });
      tally.addPrincipal(review);
      yield { principal: review, assumptions: book.of(principal.arn) };
    }
  }
}

/** What each principal's calls were made on, as told by every account's trail. */
async function sortResources(
  rows: AsyncIterable<ResourceRow>,
  population: Population,
): Promise<Lists<Principal, ResourceRow>> {
  const sorted = new Lists<Principal, ResourceRow>();
  for await (const row of rows) {
    const match = population.match(row.actor);
    if (match.kind === 'principal') sorted.add(match.principal, row);
  }
  return sorted;
}
