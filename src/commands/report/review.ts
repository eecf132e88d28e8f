import { toolVersion } from '../../base/tool-version.js';
import type { AccountConfig } from '../../config/types.js';
import type { Credentials } from '../../iam/credentials.js';
import { loadIamAccount } from '../iam-files.js';
import type { Evaluator } from '../../iam/evaluate.js';
import type { IamAccount } from '../../iam/types.js';
import { createReview, type Review } from '../../review/review.js';
import type { ReviewHead } from '../../review/types.js';
import type { TrailSource } from '../../trail/types.js';
import { createAssumeRules } from '../assume-rules.js';
import { loadAllCredentials } from '../credentials.js';
import { loadEvaluators } from '../evaluators.js';
import type { ReportPlan } from './plan.js';

/** What the IAM files, SCPs and credential reports say. */
export interface AccountData {
  readonly iam: readonly IamAccount[];
  readonly credentials: ReadonlyMap<string, Credentials>;
  readonly evaluators: ReadonlyMap<string, Evaluator>;
}

/** @throws IamFileError for a file that cannot be used */
export async function readAccounts({ catalog, accounts }: ReportPlan): Promise<AccountData> {
  const { iam, credentials } = await loadAllCredentials(accounts, await loadAccounts(accounts));
  return { iam, credentials, evaluators: await loadEvaluators(catalog, accounts) };
}

async function loadAccounts(accounts: readonly AccountConfig[]): Promise<IamAccount[]> {
  const loaded: IamAccount[] = [];
  for (const account of accounts) loaded.push(await loadIamAccount(account.iam, account));
  return loaded;
}

export const createHead = (
  { id, period, catalog, since }: ReportPlan,
  { iam }: Pick<AccountData, 'iam'>,
): ReviewHead => ({
  id,
  period,
  toolVersion: toolVersion(),
  catalogUpdatedAt: catalog.updatedAt,
  catalogActions: catalog.actions.length,
  accounts: iam.map((account) => ({ id: account.id, name: account.name })),
  ...(since === undefined
    ? {}
    : { previous: { id: since.comparison.previous.id, period: since.comparison.previous.period } }),
});

/** Asks the trail everything, and reviews the accounts. */
export async function reviewAccounts(
  { config, catalog, accounts }: ReportPlan,
  { iam, credentials, evaluators }: AccountData,
  head: ReviewHead,
  trail: TrailSource,
): Promise<Review> {
  return createReview({
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
    requests: trail.requests(),
    weeks: trail.weeks(),
    notes: () => trail.notes(),
    exemptions: config.exemptions,
    credentials,
    owners: { tags: config.ownerTags, accounts },
    dataEvents: config.dataEvents,
    configured: accounts,
  });
}
