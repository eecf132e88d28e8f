import { compareBy } from '../base/compare.js';
import { loadCatalog } from '../catalog/catalog.js';
import { describeConfig } from '../config/describe.js';
import { loadConfig } from '../config/load.js';
import { parsePeriod } from '../config/period.js';
import { UserError, type AccountConfig, type Config } from '../config/types.js';
import { loadIamAccount } from './iam-files.js';
import type { IamAccount } from '../iam/types.js';
import { Interruption, untilAborted } from '../interruption.js';
import { createCsvWriter } from '../report/csv/writer.js';
import type { CsvProfile } from '../report/csv/profiles/all.js';
import { createFindingsWriter } from '../report/findings/writer.js';
import { createCatalogWriter } from '../report/json/catalog.js';
import { createQueriesWriter } from '../report/json/queries.js';
import { createJsonWriter } from '../report/json/writer.js';
import { writeLogFiles } from '../report/log-files.js';
import { createChangesWriter } from '../report/since-last-review/writer.js';
import { createPoliciesWriter } from '../report/policies/writer.js';
import { createSiteWriter } from '../report/site/writer.js';
import { buildManifest } from '../report/manifest.js';
import { createStaging } from '../report/output.js';
import type { OutputFolder } from '../report/types.js';
import { createReview, type Review } from '../review/review.js';
import type { FindingRule } from '../review/findings.js';
import type { ReviewHead } from '../review/types.js';
import { ENGINES } from '../trail/engines.js';
import { createAssumeRules } from './assume-rules.js';
import { loadAllCredentials } from './credentials.js';
import { loadEvaluators } from './evaluators.js';
import { describeInputs } from './inputs.js';
import { SavedAnswers } from './saved-answers.js';
import { openPreviousReview, type PreviousReviewOptions } from './since-last-review.js';
import { Stopwatch, type Timings } from './stopwatch.js';
import { toolVersion } from '../base/tool-version.js';
import { INTERRUPTED } from '../wording/cli-output.js';
import { describePrincipal, describeTotals, type DescribedTotals } from '../wording/described.js';
import { REPORT_ERRORS } from '../wording/commands.js';
import { PROGRESS, STAGES } from '../wording/progress.js';

export interface ReportOptions extends PreviousReviewOptions {
  readonly config: string;
  /** YYYY-MM-DD, inclusive. */
  readonly start?: string;
  readonly end?: string;
  /** For example 2026-Q3. */
  readonly quarter?: string;
  readonly output: string;
  /** Names or ids; all accounts when empty. */
  readonly accounts: readonly string[];
  readonly concurrency: number;
  readonly detail: 'full' | 'services';
  readonly excel?: boolean | undefined;
  readonly csvProfile?: CsvProfile | undefined;
  readonly force: boolean;
  /** Replaces an earlier report with what people changed in it or added to it; implies `force`. */
  readonly discardChanges?: boolean;
  /** Use the saved answers of earlier runs, and save those of this one; true when absent. */
  readonly resume?: boolean;
  /** Cache directory for parsed log files; nothing is cached without it. */
  readonly cache?: string;
  readonly now: Date;
  readonly onProgress: (message: string) => void;
  /** When aborted, the run removes the unfinished report and rejects with the reason; a complete report stays. */
  readonly signal?: AbortSignal;
}

export interface ReportResult {
  readonly head: ReviewHead;
  readonly totals: DescribedTotals;
  /** Some principal's data are not complete: exit code 2. */
  readonly incomplete: boolean;
  /** Entries of IAM files that have no row: exit code 2 too. */
  readonly missingRows: number;
  /** Findings that no exemption covers, for `--fail-on`. */
  readonly findings: Readonly<Record<FindingRule, number>>;
  /** What changed since the last review, in one line; null without `previous`. */
  readonly sinceLast: string | null;
  readonly index: string;
  /** SHA-256 of SHA256SUMS. */
  readonly sumsSha256: string;
  /** Files beside the report that were left alone: sentences for the user. */
  readonly notices: readonly string[];
  readonly timings: Timings;
}

/** Reads everything, reviews every principal, and writes the report whole or not at all. */
export async function runReport(options: ReportOptions): Promise<ReportResult> {
  const startedAt = new Date().toISOString();
  const { signal } = options;
  const watch = new Stopwatch();
  watch.enter(STAGES.iam);
  const config = await loadConfig(options.config, ENGINES);
  const accounts = selectAccounts(config, options.accounts);
  const { period, id } = parsePeriod(options, options.now);
  const catalog = await loadCatalog();
  const accountIds = accounts.map((account) => account.id);
  const since = await untilAborted(openPreviousReview(options, catalog, { accountIds, period }), signal);
  const staging = await createStaging(options.output, {
    force: options.force,
    discardChanges: options.discardChanges ?? false,
  });
  const saved = new SavedAnswers(
    config.source,
    {
      ...{ period, accountIds, requests: catalog.requestPlan },
      ...{ concurrency: options.concurrency, onProgress: options.onProgress },
    },
    { staging, cache: options.cache, resume: options.resume ?? true },
  );
  try {
    signal?.throwIfAborted();
    const output = stopOnAbort(staging, signal);
    options.onProgress(PROGRESS.accounts(accounts.length));
    const inputs = await describeInputs(config, accounts, options);
    const { iam, credentials } = await loadAllCredentials(accounts, await loadAccounts(accounts));
    const evaluators = await loadEvaluators(catalog, accounts);
    watch.enter(STAGES.logs);
    const { trail, resumed } = await untilAborted(saved.open(), signal);
    watch.enter(STAGES.prepare);
    const head: ReviewHead = {
      id,
      period,
      toolVersion: toolVersion(),
      catalogUpdatedAt: catalog.updatedAt,
      catalogActions: catalog.actions.length,
      accounts: iam.map((account) => ({ id: account.id, name: account.name })),
      ...(since === undefined
        ? {}
        : { previous: { id: since.comparison.previous.id, period: since.comparison.previous.period } }),
    };
    let review: Review;
    try {
      const reviewing = createReview({
        head,
        catalog,
        accounts: iam,
        evaluators,
        rules: createAssumeRules(catalog, iam, evaluators),
        coverage: await trail.coverage(),
        activity: trail.activity(),
        assumptions: trail.assumptions(),
        people: trail.people(),
        resources: trail.resources(),
        weeks: trail.weeks(),
        notes: () => trail.notes(),
        exemptions: config.exemptions,
        credentials,
        owners: { tags: config.ownerTags, accounts },
        dataEvents: config.dataEvents,
        configured: accounts,
      });
      review = await untilAborted(reviewing, signal);
    } finally {
      // It has told all, and holds much.
      await trail.close();
    }
    const { detail, excel = false, csvProfile: profile } = options;
    const csv = createCsvWriter({ detail, excel, profile });
    const findings = createFindingsWriter();
    const changes = since && createChangesWriter(since.comparison, { excel });
    const writers = [
      csv,
      findings,
      ...(detail === 'full' ? [createCatalogWriter(catalog)] : []),
      ...(changes === undefined ? [] : [changes]),
      createJsonWriter({ detail: options.detail }),
      createQueriesWriter(),
      createPoliciesWriter(),
      createSiteWriter({ detail: options.detail }),
    ];
    watch.enter(STAGES.write);
    for (const writer of writers) await writer.begin(head, output);
    const population = iam.reduce((sum, account) => sum + account.principals.length, 0);
    let reviewed = 0;
    watch.enter(STAGES.review);
    for (const { principal: alone, assumptions } of review.principals()) {
      signal?.throwIfAborted();
      const principal = since?.compare(alone) ?? alone;
      watch.enter(STAGES.write);
      const described = describePrincipal(principal);
      for (const writer of writers) await writer.principal(described, assumptions);
      reviewed += 1;
      if (reviewed % 25 === 0 || reviewed === population)
        options.onProgress(PROGRESS.reviewed(reviewed, population));
      watch.enter(STAGES.review);
    }
    watch.enter(STAGES.write);
    for (const assumption of review.assumptions) {
      if (options.detail === 'services' && !assumption.assumed) continue;
      for (const writer of writers) await writer.assumption(assumption);
    }
    const totals = describeTotals(review.totals());
    for (const writer of writers) await writer.end(totals);
    const { logFiles } = totals.notes;
    const logs = logFiles === undefined ? null : await writeLogFiles(output, logFiles);
    await inputs.checkUnchanged();
    signal?.throwIfAborted();
    const sumsSha256 = await staging.commit(
      buildManifest({
        head,
        totals,
        run: {
          startedAt,
          finishedAt: new Date().toISOString(),
          concurrency: options.concurrency,
          resumed,
        },
        options: { accounts: accountIds, detail: options.detail },
        config: { ...inputs.config, effective: describeConfig(config) },
        inputs: inputs.files,
        logFiles: logs,
        exemptions: config.exemptions,
        outputs: staging.files(),
      }),
    );
    const incomplete =
      totals.notes.incomplete.length > 0 || totals.accounts.some((account) => account.counts.incomplete > 0);
    const { missingRows } = csv;
    return {
      ...{ head, totals, incomplete, missingRows, findings: findings.counts() },
      sinceLast: changes?.summary() ?? null,
      index: `${options.output}/index.html`,
      sumsSha256,
      notices: staging.notices(),
      timings: watch.timings(),
    };
  } catch (error) {
    await staging.discard();
    throw signal?.aborted === true ? endOf(signal.reason, options, saved.exist) : error;
  }
}

/** After the signal, writers cannot begin new files: what is there can be removed. */
const stopOnAbort = (output: OutputFolder, signal: AbortSignal | undefined): OutputFolder => ({
  open: (path) => {
    signal?.throwIfAborted();
    return output.open(path);
  },
  writeFile: (path, text, rows) => {
    signal?.throwIfAborted();
    return output.writeFile(path, text, rows);
  },
});

/**
 * @param isSaved a later run for the same period can use what this one has read
 * @returns the error to end with: after a signal, it says what the run leaves behind
 */
function endOf(reason: unknown, { quarter, end }: ReportOptions, isSaved: boolean): unknown {
  if (!(reason instanceof Interruption)) return reason;
  // Otherwise the period of the next run ends later, and that run needs other events.
  const isSamePeriod = quarter !== undefined || end !== undefined;
  const canResume = isSamePeriod && isSaved;
  return new Interruption(reason.signal, INTERRUPTED.report(canResume));
}

function selectAccounts(config: Config, wanted: readonly string[]): AccountConfig[] {
  for (const name of wanted) {
    if (!config.accounts.some((account) => account.name === name || account.id === name)) {
      const known = config.accounts.map((account) => account.name).join(', ');
      throw new UserError(REPORT_ERRORS.noAccount(config.file, name, known));
    }
  }
  return config.accounts
    .filter((account) => wanted.length === 0 || wanted.includes(account.name) || wanted.includes(account.id))
    .sort(compareBy(({ id }) => id));
}

async function loadAccounts(accounts: readonly AccountConfig[]): Promise<IamAccount[]> {
  const loaded: IamAccount[] = [];
  for (const account of accounts) loaded.push(await loadIamAccount(account.iam, account));
  return loaded;
}
