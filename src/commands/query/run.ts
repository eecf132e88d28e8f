import { availableParallelism } from 'node:os';
import { emptySet } from '../../catalog/action-set.js';
import { loadCatalog } from '../../catalog/catalog.js';
import { loadConfig } from '../../config/load.js';
import type { AccountConfig, Config } from '../../config/types.js';
import { loadIamAccount } from '../iam-files.js';
import type { IamAccount, Principal } from '../../iam/types.js';
import type { Period } from '../../period.js';
import { sortActivity, type SortedActivity } from '../../review/activity.js';
import { PrincipalIndex } from '../../review/principal-index.js';
import { grantGaps } from '../../review/principal.js';
import { LogsOfAccounts } from '../../review/recording/account-logs.js';
import { RecordingEvidence } from '../../review/recording/evidence.js';
import { creditActivity, type CreditedCall } from '../../review/credits.js';
import { explainCalls } from '../../review/explained-calls.js';
import { sortRequests, type Requests } from '../../review/requests.js';
import { statuses } from '../../review/status.js';
import { ENGINES } from '../../trail/engines.js';
import type { LogSource } from '../../trail/source.js';
import type { AccountCoverage, TrailSource } from '../../trail/types.js';
import { QUERY_OUTPUT } from '../../wording/cli-output.js';
import { loadEvaluators } from '../evaluators.js';
import { SavedAnswers } from '../saved-answers.js';
import { actionLines, headLine, principalLines, type Filters, type QueryLine } from './format.js';
import { findAccount, findPrincipal } from './lookup.js';
import { queryPeriod, subjectOf, type QueryOptions } from './options.js';

export type { QueryOptions } from './options.js';

/**
 * Answers one query of the original command line, in its words.
 * @returns exit code: 0, or 2 if the answers are incomplete, or without events of an account
 * @throws UserError, IamFileError or TrailError with a message for the user
 */
export async function runQuery(options: QueryOptions): Promise<number> {
  const subject = subjectOf(options);
  const period = queryPeriod(options, options.now ?? new Date());
  const config = await loadConfig(options.config, ENGINES);
  const account = findAccount(config, options.account);
  const iam = await loadIamAccount(account.iam, account);
  const filters: Filters = {
    showUsed: options.showUsed ?? false,
    ignoreBenign: options.ignoreBenign ?? false,
    ignoreUnknown: options.ignoreUnknown ?? false,
  };

  if (subject.kind === 'list') {
    return ask(options, config, period, [account], async (asked) => {
      const { activity, logs } = await activityOf(asked, [iam]);
      const known = logs.of(account).gaps.length === 0;
      const principals = iam.principals
        .filter((principal) => principal.type === subject.type)
        .map((principal) => {
          const active = activity.take(principal).some((row) => row.outcome === 'succeeded');
          return { name: principal.name, active: active || known ? active : null };
        });
      return principalLines(principals, filters);
    });
  }

  const principal = findPrincipal(iam, subject.kind, subject.name, account.iam);
  if (options.destrole === undefined) {
    return ask(options, config, period, [account], async (asked) => {
      const { activity, requests, logs } = await activityOf(asked, [iam]);
      const rows = activity.take(principal);
      const calls = explainCalls(await loadCatalog(), rows, requests.take(principal));
      const lines = await compare(principal, account, calls, logs, filters);
      return [headLine(principal), ...lines];
    });
  }

  const destAccount = findAccount(config, options.destaccount ?? account.id);
  const destIam = destAccount.id === account.id ? iam : await loadIamAccount(destAccount.iam, destAccount);
  const destRole = findPrincipal(destIam, 'role', options.destrole, destAccount.iam);
  const accounts = destAccount.id === account.id ? [account] : [account, destAccount];
  return ask(options, config, period, accounts, async (asked) => {
    const { logs } = await activityOf(asked, [destIam]);
    const calls = await callsInside(asked.trail, new PrincipalIndex([iam, destIam]), principal, destRole);
    const lines = await compare(destRole, destAccount, calls, logs, filters);
    return [headLine(principal), QUERY_OUTPUT.destination(destRole.name), ...lines];
  });
}

/** An open trail, and the subject of the query. */
interface Asked {
  readonly trail: TrailSource;
  readonly config: Config<LogSource>;
  readonly period: Period;
  readonly coverage: readonly AccountCoverage[];
}

/** Opens the trail for these accounts, writes the answer, and warns of gaps. */
async function ask(
  options: QueryOptions,
  config: Config<LogSource>,
  period: Period,
  accounts: readonly AccountConfig[],
  answer: (asked: Asked) => Promise<(string | QueryLine)[]>,
): Promise<number> {
  const { warn } = options;
  const request = {
    period,
    accountIds: accounts.map(({ id }) => id),
    concurrency: Math.min(4, availableParallelism()),
    requests: (await loadCatalog()).requestPlan,
  };
  const { trail } = await new SavedAnswers(config.source, request, { cache: options.cache }).open();
  try {
    const coverage = await trail.coverage();
    const lines = await answer({ trail, config, period, coverage });
    let empty = false;
    for (const { name, id } of accounts) {
      if ((coverage.find((entry) => entry.accountId === id)?.events ?? 0) > 0) continue;
      empty = true;
      warn(QUERY_OUTPUT.noEvents(name, id, period));
    }
    for (const line of lines) options.write(line);
    const { incomplete } = trail.notes();
    for (const { accountId, reason } of incomplete) warn(QUERY_OUTPUT.incomplete(accountId, reason));
    return incomplete.length > 0 || empty ? 2 : 0;
  } finally {
    await trail.close();
  }
}

/** Activity, and what the logs of each account can prove. */
async function activityOf(
  { trail, config, period, coverage }: Asked,
  accounts: readonly IamAccount[],
): Promise<{
  readonly activity: SortedActivity;
  readonly requests: Requests;
  readonly logs: LogsOfAccounts;
}> {
  const catalog = await loadCatalog();
  const evidence = new RecordingEvidence(catalog, coverage);
  const principalIndex = new PrincipalIndex(accounts);
  const activity = await sortActivity(trail.activity(), principalIndex, (row) => {
    evidence.add(row);
  });
  const requests = await sortRequests(trail.requests(), principalIndex);
  const notes = trail.notes();
  const { dataEvents, accounts: configured } = config;
  const input = { catalog, period, coverage, evidence, notes, dataEvents, configured };
  return { activity, requests, logs: new LogsOfAccounts(input) };
}

/** Calls of the source in the sessions that it started in the role. */
async function callsInside(
  trail: TrailSource,
  principalIndex: PrincipalIndex,
  source: Principal,
  role: Principal,
): Promise<CreditedCall[]> {
  const calls: CreditedCall[] = [];
  for await (const row of trail.assumptions()) {
    const match = principalIndex.match(row.source);
    if (
      principalIndex.spelled(row.roleArn) === role.arn &&
      match.kind === 'principal' &&
      match.principal.arn === source.arn
    )
      calls.push(...row.calls);
  }
  return calls;
}

async function compare(
  principal: Principal,
  account: AccountConfig,
  calls: readonly CreditedCall[],
  logs: LogsOfAccounts,
  filters: Filters,
): Promise<QueryLine[]> {
  const catalog = await loadCatalog();
  const evaluator = (await loadEvaluators(catalog, [account])).get(account.id);
  const granted = evaluator?.grants(principal).granted ?? emptySet(catalog.actions.length);
  const credit = creditActivity(catalog, granted, calls);
  const { gaps, unseen } = logs.of(account);
  const known = gaps.length === 0 && grantGaps(principal).length === 0 ? unseen : logs.nothingKnown;
  return actionLines(catalog, statuses(catalog, granted, credit, known), filters);
}
