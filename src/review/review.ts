import { valueAt } from '../base/checked.js';
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
  RequestRow,
  ResourceRow,
  TrailNotes,
  WeekRow,
} from '../trail/types.js';
import { collectAssumptions, type AssumeRules, type RoleAssumptionIndex } from './assumptions.js';
import { Exemptions } from './exemptions.js';
import { sortActivity, type SortedActivity } from './activity.js';
import { createGrantedNames } from './granted-names.js';
import { sortRequests, type Requests } from './requests.js';
import { MultiMap } from './multi-map.js';
import { sortPeople, type People } from './people.js';
import { PrincipalIndex } from './principal-index.js';
import { grantGaps, reviewPrincipal } from './principal.js';
import { RoleNames } from './role-names.js';
import { LogsOfAccounts, type AccountLogs, type LogsInput } from './recording/account-logs.js';
import { RecordingEvidence } from './recording/evidence.js';
import { TotalsBuilder } from './review-totals.js';
import { reviewTrust } from './trust.js';
import { hasUnexplainedCalls } from './unexplained.js';
import { usedActions } from './used-actions.js';
import { sortWeeks, type Weeks } from './weeks.js';
import { ownerOf } from './ownership.js';
import {
  findContradictions,
  NO_CONTRADICTIONS,
  type Contradictions,
  type WitnessContext,
} from './witnesses.js';
import type {
  AssumptionReview,
  PrincipalAssumptions,
  PrincipalReview,
  ReviewHead,
  ReviewTotals,
} from './types.js';

/** Input of a review; everything is read before it starts. */
export interface ReviewInput {
  readonly head: ReviewHead;
  readonly catalog: Catalog;
  /** Sorted by ID. */
  readonly accounts: readonly IamAccount[];
  readonly evaluators: ReadonlyMap<string, Evaluator>;
  readonly rules: AssumeRules;
  readonly coverage: readonly AccountCoverage[];
  readonly activity: AsyncIterable<ActivityRow>;
  readonly assumptions: AsyncIterable<AssumptionRow>;
  readonly people: AsyncIterable<PersonRow>;
  readonly resources: AsyncIterable<ResourceRow>;
  readonly requests: AsyncIterable<RequestRow>;
  readonly weeks: AsyncIterable<WeekRow>;
  /** Read after all streams have ended. */
  readonly notes: () => TrailNotes;
  readonly exemptions: readonly Exemption[];
  /** Credentials by user ARN. */
  readonly credentials: ReadonlyMap<string, Credentials>;
  readonly owners: {
    readonly tags: readonly string[];
    readonly accounts: readonly Pick<AccountConfig, 'id' | 'owner'>[];
  };
  /** IAM prefixes whose data events are logged according to the configuration. */
  readonly dataEvents: readonly string[];
  /** Configuration of each account's logs. */
  readonly configured: LogsInput['configured'];
}

/** A review in the order of writing: principals one by one, then pairs, then totals. */
export interface Review {
  /** Iterate once: the rows of a principal are dropped with it. @throws Error the second time */
  principals(): Generator<{
    readonly principal: PrincipalReview;
    readonly assumptions: PrincipalAssumptions;
  }>;
  readonly assumptions: readonly AssumptionReview[];
  /** @throws Error before all principals have been iterated */
  totals(): ReviewTotals;
}

export async function createReview(input: ReviewInput): Promise<Review> {
  const { catalog, accounts } = input;
  const principalIndex = new PrincipalIndex(accounts);
  const totalsBuilder = new TotalsBuilder(catalog);
  const evidence = new RecordingEvidence(catalog, input.coverage);
  const activity = await sortActivity(input.activity, principalIndex, (row) => {
    totalsBuilder.addRow(row);
    evidence.add(row);
  });
  const grantedTo = (principal: Principal | undefined): ActionSet =>
    (principal && input.evaluators.get(principal.accountId)?.grants(principal).granted) ??
    emptySet(catalog.actions.length);
  const finishPairs = await collectAssumptions(input.assumptions, principalIndex, input.rules);
  const details = await sortDetails(input, principalIndex);
  const notes = input.notes();
  const exemptions = new Exemptions(input.exemptions, input.head.period.end);
  const logs = new LogsOfAccounts({ ...input, period: input.head.period, evidence, notes });
  const byAccount = new Map(accounts.map((account) => [account.id, logs.of(account)]));
  const book = finishPairs({
    actionsOf: (roleArn, rows) =>
      usedActions(
        catalog,
        grantedTo(principalIndex.find(roleArn)),
        rows.flatMap((row) => row.calls),
      ),
    showsSessions: (id) => byAccount.get(id)?.showSessions ?? false,
  });
  const contradictions = contradictionsIn(input, byAccount, {
    granted: grantedTo,
    hasTrace: (principal) => activity.has(principal) || book.sessionsOf(principal.arn) > 0,
  });
  let begun = false;
  return {
    principals: () => {
      if (begun) throw new Error('the principals can be gone through once');
      begun = true;
      return reviewAll(input, {
        activity,
        book,
        ...details,
        principalIndex,
        logs: byAccount,
        contradictions,
        unseenFor: logs.unseenFor.bind(logs),
        exemptions,
        totalsBuilder,
      });
    },
    assumptions: book.all,
    totals: () =>
      totalsBuilder.totals(
        accounts,
        byAccount,
        contradictions,
        activity.trailOnly(catalog),
        notes,
        exemptions,
      ),
  };
}

/** By account ID. */
function contradictionsIn(
  { accounts, catalog, credentials, head }: ReviewInput,
  logs: ReadonlyMap<string, AccountLogs>,
  principals: Pick<WitnessContext, 'granted' | 'hasTrace'>,
): ReadonlyMap<string, Contradictions> {
  const { period } = head;
  return new Map(
    accounts.map((account) => {
      const own = logs.get(account.id);
      if (own === undefined || own.gaps.length > 0) return [account.id, NO_CONTRADICTIONS];
      const { coverage, unseen } = own;
      const context = { catalog, period, coverage, unseen, credentials, ...principals };
      return [account.id, findContradictions(account.principals, context)];
    }),
  );
}

/** What the trail says about single principals, besides their calls. */
interface Details {
  readonly people: People;
  readonly resources: MultiMap<Principal, ResourceRow>;
  readonly requests: Requests;
  readonly weeks: Weeks;
}

const sortDetails = async (input: ReviewInput, principalIndex: PrincipalIndex): Promise<Details> => ({
  people: await sortPeople(input.people, principalIndex, input.catalog),
  resources: await sortResources(input.resources, principalIndex),
  requests: await sortRequests(input.requests, principalIndex),
  weeks: await sortWeeks(input.weeks, principalIndex),
});

interface Evidence extends Details {
  readonly activity: SortedActivity;
  readonly book: RoleAssumptionIndex;
  readonly principalIndex: PrincipalIndex;
  readonly logs: ReadonlyMap<string, AccountLogs>;
  readonly contradictions: ReadonlyMap<string, Contradictions>;
  readonly unseenFor: LogsOfAccounts['unseenFor'];
  readonly exemptions: Exemptions;
  readonly totalsBuilder: TotalsBuilder;
}

function* reviewAll(
  input: ReviewInput,
  { activity, book, people, weeks, principalIndex, logs, contradictions, ...rest }: Evidence,
): Generator<{ principal: PrincipalReview; assumptions: PrincipalAssumptions }> {
  const { resources, requests, exemptions, totalsBuilder, unseenFor } = rest;
  const grantedNames = createGrantedNames(input.catalog);
  const accountIds = new Set(input.accounts.map(({ id }) => id));
  const owners = new Map(input.owners.accounts.map(({ id, owner }) => [id, owner]));
  const trust = { accountIds, find: (arnOrId: string) => principalIndex.find(arnOrId) };
  for (const account of input.accounts) {
    const evaluator = valueAt(input.evaluators, account.id);
    const accountLogs = valueAt(logs, account.id);
    const roleNames = new RoleNames(account);
    const { doubt, usedWithoutTrace } = valueAt(contradictions, account.id);
    for (const principal of account.principals) {
      const grants = evaluator.grants(principal);
      const exemption = exemptions.mark(principal.arn);
      const isRole = principal.type === 'role';
      const rows = activity.take(principal);
      const gaps = [...accountLogs.gaps, ...grantGaps(principal)];
      const sessions = isRole ? book.rowsOf(principal.arn) : [];
      const complete =
        gaps.length === 0 &&
        doubt === null &&
        accountLogs.showSessions &&
        !hasUnexplainedCalls(rows, sessions);
      const review = reviewPrincipal({
        catalog: input.catalog,
        principal,
        accountName: account.name,
        grants,
        rows,
        requests: requests.take(principal),
        logs: accountLogs,
        unseen: unseenFor(accountLogs, grants, {
          isIncomplete: gaps.length > 0,
          isUsedWithoutTrace: usedWithoutTrace.has(principal.arn),
        }),
        gaps,
        doubt,
        period: input.head.period,
        sessionsStarted: isRole ? book.sessionsOf(principal.arn) : 0,
        origins: isRole ? book.originsOf(principal.arn) : [],
        people: isRole ? people.take(principal, grants.granted) : [],
        resources: resources.take(principal),
        roleNames,
        grantedNames,
        weeks: weeks.take(principal),
        trust: isRole
          ? reviewTrust(principal, trustEntries(principal), sessions, { ...trust, complete })
          : [],
        exemption,
        owner: ownerOf(principal, input.owners.tags, exemption, owners.get(account.id)),
        credentials: input.credentials.get(principal.arn) ?? null,
      });
      totalsBuilder.addPrincipal(review);
      yield { principal: review, assumptions: book.of(principal.arn) };
    }
  }
}

/** Resources of each principal's calls, from the trails of all accounts. */
async function sortResources(
  rows: AsyncIterable<ResourceRow>,
  principalIndex: PrincipalIndex,
): Promise<MultiMap<Principal, ResourceRow>> {
  const sorted = new MultiMap<Principal, ResourceRow>();
  for await (const row of rows) {
    const match = principalIndex.match(row.actor);
    if (match.kind === 'principal') sorted.add(match.principal, row);
  }
  return sorted;
}
