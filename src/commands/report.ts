import { describeConfig } from '../config/describe.js';
import { Interruption, untilAborted } from '../interruption.js';
import { writeLogFiles } from '../report/log-files.js';
import { buildManifest } from '../report/manifest.js';
import { createStaging, type Staging } from '../report/output.js';
import type { FindingRule } from '../review/findings.js';
import type { ReviewHead } from '../review/types.js';
import { INTERRUPTED } from '../wording/cli-output.js';
import type { DescribedTotals } from '../wording/described.js';
import { describeInputs } from './inputs.js';
import type { ReportOptions } from './report/options.js';
import { planReport, type ReportPlan } from './report/plan.js';
import { createHead, readAccounts, reviewAccounts } from './report/review.js';
import { SavedAnswers } from './saved-answers.js';
import { Stopwatch, type Timings } from './stopwatch.js';
import { PROGRESS, STAGES } from '../wording/progress.js';

export type { ReportOptions } from './report/options.js';

export interface ReportResult {
  readonly head: ReviewHead;
  readonly totals: DescribedTotals;
  /** A principal has incomplete data: exit code 2. */
  readonly incomplete: boolean;
  /** Principals in IAM files without a row: exit code 2 too. */
  readonly missingRows: number;
  /** Findings without a valid exemption, for `--fail-on`. */
  readonly findings: Readonly<Record<FindingRule, number>>;
  /** Changes since the last review, in one line; null without `previous`. */
  readonly sinceLast: string | null;
  readonly index: string;
  /** SHA-256 of SHA256SUMS. */
  readonly sumsSha256: string;
  /** Sentences about files beside the report that were left in place. */
  readonly notices: readonly string[];
  readonly timings: Timings;
}

/** Reads everything, reviews every principal, and writes a complete report or none. */
export async function runReport(options: ReportOptions): Promise<ReportResult> {
  const startedAt = new Date().toISOString();
  const { signal } = options;
  const watch = new Stopwatch();
  watch.enter(STAGES.iam);
  const plan = await planReport(options);
  const staging = await createStaging(options.output, {
    force: options.force,
    discardChanges: options.discardChanges ?? false,
  });
  const saved = openAnswers(options, plan, staging);
  try {
    signal?.throwIfAborted();
    return await makeReport(options, plan, { startedAt, watch, staging, saved });
  } catch (error) {
    await staging.discard();
    throw signal?.aborted === true ? endOf(signal.reason, options, saved.exist) : error;
  }
}

const openAnswers = (
  { concurrency, onProgress, cache, resume = true }: ReportOptions,
  { config, period, accountIds, catalog }: ReportPlan,
  staging: Staging,
): SavedAnswers =>
  new SavedAnswers(
    config.source,
    { period, accountIds, requests: catalog.requestPlan, concurrency, onProgress },
    { staging, cache, resume },
  );

interface Run {
  readonly startedAt: string;
  readonly watch: Stopwatch;
  readonly staging: Staging;
  readonly saved: SavedAnswers;
}

async function makeReport(
  options: ReportOptions,
  plan: ReportPlan,
  { startedAt, watch, staging, saved }: Run,
): Promise<ReportResult> {
  const { signal, concurrency } = options;
  const { config, accounts, accountIds } = plan;
  // Separately: Node opens all files of an import at the same time, and systems limit open files.
  const { createWriters, stopOnAbort, writeReview } = await import('./report/write.js');
  options.onProgress(PROGRESS.accounts(accounts.length));
  const inputs = await describeInputs(config, accounts, options);
  const data = await readAccounts(plan);
  const head = createHead(plan, data);
  watch.enter(STAGES.logs);
  const { trail, resumed } = await untilAborted(saved.open(), signal);
  watch.enter(STAGES.prepare);
  // All questions are answered: free the memory of the trail before writing.
  const reviewing = reviewAccounts(plan, data, head, trail);
  const review = await untilAborted(reviewing, signal).finally(() => trail.close());
  const output = stopOnAbort(staging, signal);
  const writers = createWriters(options, plan);
  const population = data.iam.reduce((sum, account) => sum + account.principals.length, 0);
  const totals = await writeReview(writers, output, { head, review, population }, plan, options, watch);
  const { logFiles } = totals.notes;
  const logs = logFiles === undefined ? null : await writeLogFiles(output, logFiles);
  await inputs.checkUnchanged();
  signal?.throwIfAborted();
  const sumsSha256 = await staging.commit(
    buildManifest({
      head,
      totals,
      run: { startedAt, finishedAt: new Date().toISOString(), concurrency, resumed },
      options: { accounts: accountIds, detail: options.detail },
      config: { ...inputs.config, effective: describeConfig(config) },
      inputs: inputs.files,
      logFiles: logs,
      exemptions: config.exemptions,
      outputs: staging.files(),
    }),
  );
  return {
    ...{ head, totals, missingRows: writers.csv.missingRows, findings: writers.findings.counts() },
    incomplete:
      totals.notes.incomplete.length > 0 || totals.accounts.some((account) => account.counts.incomplete > 0),
    sinceLast: writers.changes?.summary() ?? null,
    index: `${options.output}/index.html`,
    sumsSha256,
    notices: staging.notices(),
    timings: watch.timings(),
  };
}

/**
 * @param isSaved a later run for the same period can use the answers of this one
 * @returns error to end with; after a signal, it says what the run leaves behind
 */
function endOf(reason: unknown, { quarter, end }: ReportOptions, isSaved: boolean): unknown {
  if (!(reason instanceof Interruption)) return reason;
  // Otherwise the period of the next run ends later and includes other events.
  const isSamePeriod = quarter !== undefined || end !== undefined;
  const canResume = isSamePeriod && isSaved;
  return new Interruption(reason.signal, INTERRUPTED.report(canResume));
}
