import { compareBy } from '../base/compare.js';
import { loadCatalog } from '../catalog/catalog.js';
import { loadConfig } from '../config/load.js';
import { parsePeriod } from '../config/period.js';
import type { AccountConfig, Config } from '../config/types.js';
import { loadIamAccount, loadScps } from './iam-files.js';
import type { Period } from '../period.js';
import { LogsOfAccounts, type AccountLogs } from '../review/recording/account-logs.js';
import { RecordingEvidence } from '../review/recording/evidence.js';
import { ENGINES } from '../trail/engines.js';
import type { LogSource, SourceFindings } from '../trail/source.js';
import type { AccountCoverage, TrailNotes, TrailRequest } from '../trail/types.js';
import { ExpectedError } from '../base/expected-error.js';
import { describeWarning } from '../wording/warnings.js';
import { CHECK_OUTPUT } from '../wording/cli-output.js';
import { describeIamWarning, missingPolicyName } from '../wording/iam-files.js';

export type { AccountLogs } from '../review/recording/account-logs.js';
export type { Fact } from '../trail/source.js';

export interface CheckOptions {
  readonly config: string;
  readonly start?: string;
  readonly end?: string;
  readonly quarter?: string;
  readonly concurrency: number;
  readonly now: Date;
  readonly onProgress: (message: string) => void;
}

export interface AccountFindings {
  readonly name: string;
  readonly id: string;
  /** Null if the logs are unreadable. */
  readonly coverage: AccountCoverage | null;
  /** What its logs can prove; null if they are unreadable. */
  readonly logs: AccountLogs | null;
  /** Null if its IAM files are unreadable. */
  readonly iam: {
    readonly users: number;
    readonly roles: number;
    readonly scpLevels: number;
    /** ARNs and names of attached policies that no file contains; sorted. */
    readonly missingPolicies: readonly string[];
  } | null;
}

export interface CheckResult {
  readonly config: string;
  readonly period: Period;
  /** Null if the logs are unreadable. */
  readonly source: SourceFindings | null;
  readonly accounts: readonly AccountFindings[];
  readonly warnings: readonly string[];
  /** Problems that make a report fail or incomplete. */
  readonly problems: readonly string[];
}

/** Checks everything that a report needs, and writes nothing. @throws UserError for the configuration itself */
export async function runCheck(options: CheckOptions): Promise<CheckResult> {
  const config = await loadConfig(options.config, ENGINES);
  const { period } = parsePeriod(options, options.now);
  const { concurrency, onProgress } = options;
  const accountIds = config.accounts.map(({ id }) => id);
  const { source, problems } = await findLogs(config.source, { period, accountIds, concurrency, onProgress });
  const logs = source === null ? null : await logsOfAccounts(config, period, source);
  const accounts: AccountFindings[] = [];
  const warnings = [...(source?.warnings ?? [])];
  for (const account of [...config.accounts].sort(compareBy(({ id }) => id))) {
    const coverage = source?.coverage.find(({ accountId }) => accountId === account.id) ?? null;
    if (coverage?.events === 0) problems.push(CHECK_OUTPUT.noEvents(account.name));
    const proved = logs?.of(account) ?? null;
    warnings.push(...(proved?.warnings ?? []).map(describeWarning));
    const found = await findIam(account);
    problems.push(...found.problems);
    warnings.push(...found.warnings);
    accounts.push({ name: account.name, id: account.id, coverage, logs: proved, iam: found.iam });
  }
  return { config: config.file, period, source, accounts, warnings, problems };
}

async function findLogs(
  source: LogSource,
  request: TrailRequest,
): Promise<{ readonly source: SourceFindings | null; readonly problems: string[] }> {
  try {
    const found = await source.inspect(request);
    return { source: found, problems: [...found.problems, ...gapsIn(found.incomplete)] };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { source: null, problems: [error.message] };
  }
}

/** What the logs of each account can prove, as in a report. */
async function logsOfAccounts(
  { dataEvents, accounts: configured }: Config,
  period: Period,
  { calls, coverage, incomplete, otherAccounts }: SourceFindings,
): Promise<LogsOfAccounts> {
  const catalog = await loadCatalog();
  const evidence = new RecordingEvidence(catalog, coverage);
  for (const call of calls) evidence.add(call);
  const notes = { incomplete, otherAccounts };
  return new LogsOfAccounts({ catalog, period, coverage, evidence, notes, dataEvents, configured });
}

const gapsIn = (incomplete: TrailNotes['incomplete']): string[] =>
  incomplete.map(({ accountId, reason }) => CHECK_OUTPUT.incomplete(accountId, reason));

async function findIam(account: AccountConfig): Promise<{
  readonly iam: AccountFindings['iam'];
  readonly warnings: readonly string[];
  readonly problems: readonly string[];
}> {
  try {
    const { principals, warnings } = await loadIamAccount(account.iam, account);
    const scpLevels = (await loadScps(account.scp ?? [])).length;
    const missing = principals.flatMap(({ missingPolicies, boundary }) => [
      ...missingPolicies.map(missingPolicyName),
      ...(boundary.kind === 'missing' ? [boundary.arn] : []),
    ]);
    const users = principals.filter(({ type }) => type === 'user').length;
    const missingPolicies = [...new Set(missing)].sort();
    const incomplete = principals.filter(
      (each) => each.missingPolicies.length > 0 || each.boundary.kind === 'missing',
    ).length;
    return {
      iam: { users, roles: principals.length - users, scpLevels, missingPolicies },
      warnings: warnings.map(describeIamWarning),
      problems:
        incomplete === 0 ? [] : [CHECK_OUTPUT.missingPolicies(account.name, incomplete, principals.length)],
    };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { iam: null, warnings: [], problems: [error.message] };
  }
}
