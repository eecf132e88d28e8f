import { createCsvWriter, type CsvWriter } from '../../report/csv/writer.js';
import { createFindingsWriter, type FindingsWriter } from '../../report/findings/writer.js';
import { createCatalogWriter } from '../../report/json/catalog.js';
import { createQueriesWriter } from '../../report/json/queries.js';
import { createJsonWriter } from '../../report/json/writer.js';
import { createPoliciesWriter } from '../../report/policies/writer.js';
import { createChangesWriter, type ChangesWriter } from '../../report/since-last-review/writer.js';
import { createSiteWriter } from '../../report/site/writer.js';
import type { OutputFolder, ReportWriter } from '../../report/types.js';
import type { Review } from '../../review/review.js';
import type { ReviewHead } from '../../review/types.js';
import { describePrincipal, describeTotals, type DescribedTotals } from '../../wording/described.js';
import type { Stopwatch } from '../stopwatch.js';
import type { ReportOptions } from './options.js';
import type { ReportPlan } from './plan.js';
import { PROGRESS, STAGES } from '../../wording/progress.js';

const PROGRESS_EVERY = 25;

export interface Writers {
  readonly csv: CsvWriter;
  readonly findings: FindingsWriter;
  readonly changes: ChangesWriter | undefined;
  /** These, and all others. */
  readonly all: readonly ReportWriter[];
}

export function createWriters(
  { detail, excel = false, csvProfile: profile }: ReportOptions,
  { catalog, since }: ReportPlan,
): Writers {
  const csv = createCsvWriter({ detail, excel, profile });
  const findings = createFindingsWriter();
  const changes = since && createChangesWriter(since.comparison, { excel });
  const all = [
    csv,
    findings,
    ...(detail === 'full' ? [createCatalogWriter(catalog)] : []),
    ...(changes === undefined ? [] : [changes]),
    createJsonWriter({ detail }),
    createQueriesWriter(),
    createPoliciesWriter(),
    createSiteWriter({ detail }),
  ];
  return { csv, findings, changes, all };
}

/** Reviews principal by principal, and writes each at once. */
export async function writeReview(
  { all: writers }: Writers,
  output: OutputFolder,
  {
    head,
    review,
    population,
  }: { readonly head: ReviewHead; readonly review: Review; readonly population: number },
  { since }: ReportPlan,
  { detail, signal, onProgress }: ReportOptions,
  watch: Stopwatch,
): Promise<DescribedTotals> {
  watch.enter(STAGES.write);
  for (const writer of writers) await writer.begin(head, output);
  let reviewed = 0;
  watch.enter(STAGES.review);
  for (const { principal: alone, assumptions } of review.principals()) {
    signal?.throwIfAborted();
    const principal = since?.compare(alone) ?? alone;
    watch.enter(STAGES.write);
    const described = describePrincipal(principal);
    for (const writer of writers) await writer.principal(described, assumptions);
    reviewed += 1;
    if (reviewed % PROGRESS_EVERY === 0 || reviewed === population)
      onProgress(PROGRESS.reviewed(reviewed, population));
    watch.enter(STAGES.review);
  }
  watch.enter(STAGES.write);
  for (const assumption of review.assumptions) {
    if (detail === 'services' && !assumption.assumed) continue;
    for (const writer of writers) await writer.assumption(assumption);
  }
  const totals = describeTotals(review.totals());
  for (const writer of writers) await writer.end(totals);
  return totals;
}

/** After the signal, writers cannot start new files: existing files can be removed. */
export const stopOnAbort = (output: OutputFolder, signal: AbortSignal | undefined): OutputFolder => ({
  open: (path) => {
    signal?.throwIfAborted();
    return output.open(path);
  },
  writeFile: (path, text, rows) => {
    signal?.throwIfAborted();
    return output.writeFile(path, text, rows);
  },
});
