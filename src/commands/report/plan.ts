import { compareBy } from '../../base/compare.js';
import { loadCatalog } from '../../catalog/catalog.js';
import type { Catalog } from '../../catalog/types.js';
import { loadConfig } from '../../config/load.js';
import { parsePeriod } from '../../config/period.js';
import { UserError, type AccountConfig, type Config } from '../../config/types.js';
import { untilAborted } from '../../interruption.js';
import type { Period } from '../../period.js';
import { ENGINES } from '../../trail/engines.js';
import type { LogSource } from '../../trail/source.js';
import { openPreviousReview, type PreviousReviewComparison } from '../since-last-review.js';
import type { ReportOptions } from './options.js';
import { REPORT_ERRORS } from '../../wording/commands.js';

/** What a report is about, and what it is compared with. */
export interface ReportPlan {
  readonly config: Config<LogSource>;
  /** Sorted by id. */
  readonly accounts: readonly AccountConfig[];
  readonly accountIds: readonly string[];
  /** Of the review. */
  readonly id: string;
  readonly period: Period;
  readonly catalog: Catalog;
  /** undefined without `previous`. */
  readonly since: PreviousReviewComparison | undefined;
}

/** @throws UserError for options or files that cannot be used */
export async function planReport(options: ReportOptions): Promise<ReportPlan> {
  const config = await loadConfig(options.config, ENGINES);
  const accounts = selectAccounts(config, options.accounts);
  const { period, id } = parsePeriod(options, options.now);
  const catalog = await loadCatalog();
  const accountIds = accounts.map((account) => account.id);
  const opened = openPreviousReview(options, catalog, { accountIds, period });
  const since = await untilAborted(opened, options.signal);
  return { config, accounts, accountIds, id, period, catalog, since };
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
