import { loadCatalog } from '../catalog/catalog.js';
import { loadConfig } from '../config/load.js';
import { parsePeriod } from '../config/period.js';
import type { AccountConfig, Config } from '../config/types.js';
import { loadIamAccount, loadScps } from '../iam/load.js';
import type { Period } from '../period.js';
import { LogsOfAccounts, type AccountLogs } from '../review/recording/account-logs.js';
import { RecordingEvidence } from '../review/recording/evidence.js';
import { listLogFiles } from '../trail/files/list.js';
import { openFilesTrail } from '../trail/files/open.js';
import type { ElasticsearchFindings } from '../trail/elasticsearch/inspect.js';
import type { AccountCoverage, TrailNotes, TrailRequest, TrailSource } from '../trail/types.js';
import { isExpected } from './expected-errors.js';
import { openTrail } from './open-trail.js';

export type { AccountLogs } from '../review/recording/account-logs.js';
export type { ElasticsearchFindings, GroupFinding } from '../trail/elasticsearch/inspect.js';

export interface CheckOptions {
  readonly config: string;
  readonly start?: string;
  readonly end?: string;
  readonly quarter?: string;
  readonly concurrency: number;
  readonly now: Date;
  readonly onProgress: (message: string) => void;
}

export interface FilesFindings {
  readonly path: string;
  /** By ending, such as `.json.gz`. */
  readonly formats: Readonly<Record<string, number>>;
  readonly read: number;
  readonly failed: number;
  readonly warnings: readonly string[];
}

export interface AccountFindings {
  readonly name: string;
  readonly id: string;
  /** Null where the logs cannot be read. */
  readonly coverage: AccountCoverage | null;
  /** What its logs can prove; null where they cannot be read. */
  readonly logs: AccountLogs | null;
  /** Null where its IAM files cannot be read. */
  readonly iam: {
    readonly users: number;
    readonly roles: number;
    readonly scpLevels: number;
    /** ARNs and names of policies that principals have, but no file holds; sorted. */
    readonly missingPolicies: readonly string[];
  } | null;
}

export interface CheckResult {
  readonly config: string;
  readonly period: Period;
  /** Null where the logs cannot be read. */
  readonly source:
    | { readonly kind: 'elasticsearch'; readonly found: ElasticsearchFindings }
    | { readonly kind: 'files'; readonly found: FilesFindings }
    | null;
  readonly accounts: readonly AccountFindings[];
  readonly warnings: readonly string[];
  /** What makes a report fail or incomplete. */
  readonly problems: readonly string[];
}

interface Logs {
  readonly source: CheckResult['source'];
  readonly coverage: readonly AccountCoverage[] | null;
  readonly accounts: LogsOfAccounts | null;
  readonly warnings: readonly string[];
  readonly problems: readonly string[];
}

/** Looks at everything that a report needs, and makes none. @throws UserError for the configuration itself */
export async function runCheck(options: CheckOptions): Promise<CheckResult> {
  const config = await loadConfig(options.config);
  const { period } = parsePeriod(options, options.now);
  const { concurrency, onProgress } = options;
  const accountIds = config.accounts.map(({ id }) => id);
  const logs = await findLogs(config, { period, accountIds, concurrency, onProgress });
  const accounts: AccountFindings[] = [];
  const problems = [...logs.problems];
  const warnings = [...logs.warnings];
  for (const account of [...config.accounts].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const coverage = logs.coverage?.find(({ accountId }) => accountId === account.id) ?? null;
    if (coverage?.events === 0) problems.push(`Account ${account.name} has no events in the period.`);
    const proved = logs.accounts?.of(account) ?? null;
    warnings.push(...(proved?.warnings ?? []));
    const found = await findIam(account);
    problems.push(...found.problems);
    warnings.push(...found.warnings);
    accounts.push({ name: account.name, id: account.id, coverage, logs: proved, iam: found.iam });
  }
  return { config: config.file, period, source: logs.source, accounts, warnings, problems };
}

async function findLogs(config: Config, request: TrailRequest): Promise<Logs> {
  try {
    const { source } = config;
    if (source.kind === 'files') return await findFiles(config, source.files.path, request);
    // Loaded only where it is used: the client takes long to load.
    const { inspectElasticsearch } = await import('../trail/elasticsearch/inspect.js');
    const found = await inspectElasticsearch(source.elasticsearch, request);
    const trail = await openTrail(config, request);
    const accounts = await logsOfAccounts(config, request, trail, found.coverage).finally(() =>
      trail.close(),
    );
    const empty = found.groups.length === 0 ? [`The ${found.where} holds no documents.`] : [];
    return {
      source: { kind: 'elasticsearch', found },
      coverage: found.coverage,
      accounts,
      warnings: found.warnings,
      problems: [...empty, ...gapsIn(found.incomplete)],
    };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { source: null, coverage: null, accounts: null, warnings: [], problems: [error.message] };
  }
}

async function findFiles(config: Config, path: string, request: TrailRequest): Promise<Logs> {
  const { files } = await listLogFiles(path, request.onProgress);
  const formats: Record<string, number> = {};
  for (const file of files) {
    const ending = /\.[a-z]+(\.gz)?$/i.exec(file)?.[0].toLowerCase() ?? '';
    formats[ending] = (formats[ending] ?? 0) + 1;
  }
  const trail = await openFilesTrail({ path }, request);
  try {
    const coverage = await trail.coverage();
    const accounts = await logsOfAccounts(config, request, trail, coverage);
    const { counts, warnings, incomplete } = trail.notes();
    const found = {
      path,
      formats,
      read: counts['filesRead'] ?? 0,
      failed: counts['filesFailed'] ?? 0,
      warnings,
    };
    return { source: { kind: 'files', found }, coverage, accounts, warnings, problems: gapsIn(incomplete) };
  } finally {
    await trail.close();
  }
}

/** Reads who called what, as a report does, to tell what the logs can prove. */
async function logsOfAccounts(
  { dataEvents, accounts: configured }: Config,
  { period }: TrailRequest,
  trail: TrailSource,
  coverage: readonly AccountCoverage[],
): Promise<LogsOfAccounts> {
  const catalog = await loadCatalog();
  const evidence = new RecordingEvidence(catalog, coverage);
  for await (const row of trail.activity()) evidence.add(row);
  const notes = trail.notes();
  return new LogsOfAccounts({ catalog, period, coverage, evidence, notes, dataEvents, configured });
}

const gapsIn = (incomplete: TrailNotes['incomplete']): string[] =>
  incomplete.map(
    ({ accountId, reason }) =>
      `Incomplete${accountId === null ? '' : ` in account ${accountId}`}: ${reason}.`,
  );

async function findIam(account: AccountConfig): Promise<{
  readonly iam: AccountFindings['iam'];
  readonly warnings: readonly string[];
  readonly problems: readonly string[];
}> {
  try {
    const { principals, warnings } = await loadIamAccount(account.iam, account);
    const scpLevels = (await loadScps(account.scp ?? [])).length;
    const missing = principals.flatMap(({ missingPolicies, boundary }) => [
      ...missingPolicies,
      ...(boundary.kind === 'missing' ? [boundary.arn] : []),
    ]);
    const users = principals.filter(({ type }) => type === 'user').length;
    const missingPolicies = [...new Set(missing)].sort();
    const incomplete = principals.filter(
      (each) => each.missingPolicies.length > 0 || each.boundary.kind === 'missing',
    ).length;
    return {
      iam: { users, roles: principals.length - users, scpLevels, missingPolicies },
      warnings,
      problems:
        incomplete === 0
          ? []
          : [
              `Account ${account.name}: ${incomplete} of ${principals.length} principals have policies that no file holds ` +
                '(see boundary in docs/limits.md).',
            ],
    };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { iam: null, warnings: [], problems: [error.message] };
  }
}
