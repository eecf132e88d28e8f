import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createHash } from 'node:crypto';
import { loadCatalog } from '../catalog/catalog.js';
import { loadConfig } from '../config/load.js';
import { parsePeriod } from '../config/period.js';
import { UserError, type AccountConfig, type Config } from '../config/types.js';
import { loadIamAccount } from '../iam/load.js';
import type { IamAccount } from '../iam/types.js';
import { createCsvWriter } from '../report/csv/writer.js';
import { createJsonWriter } from '../report/json/writer.js';
import { createPoliciesWriter } from '../report/policies/writer.js';
import { createSiteWriter } from '../report/site/writer.js';
import { buildManifest } from '../report/manifest.js';
import { createStaging, type Staging } from '../report/output.js';
import { createReview } from '../review/review.js';
import type { ReviewHead, ReviewTotals } from '../review/types.js';
import { createAssumeRules } from './assume-rules.js';
import { loadEvaluators } from './evaluators.js';
import { openTrail } from './open-trail.js';
import { Stopwatch, type Timings } from './stopwatch.js';

export interface ReportOptions {
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
  readonly force: boolean;
  /** Folder where what was read of log files is kept for later runs; nothing is kept without it. */
  readonly cache?: string;
  readonly now: Date;
  readonly onProgress: (message: string) => void;
}

export interface ReportResult {
  readonly head: ReviewHead;
  readonly totals: ReviewTotals;
  /** Some principal's data are not complete: exit code 2. */
  readonly incomplete: boolean;
  readonly index: string;
  readonly timings: Timings;
}

/** Reads everything, reviews every principal, and writes the report whole or not at all. */
export async function runReport(options: ReportOptions): Promise<ReportResult> {
  const startedAt = new Date().toISOString();
  const watch = new Stopwatch();
  watch.enter('read IAM');
  const config = await loadConfig(options.config);
  const accounts = selectAccounts(config, options.accounts);
  const { period, id } = parsePeriod(options, options.now);
  const catalog = await loadCatalog();
  const staging = await createStaging(options.output, { force: options.force });
  const release = discardOnInterrupt(staging);
  try {
    options.onProgress(`reading ${accounts.length} accounts`);
    const iam = await loadAccounts(accounts);
    const evaluators = await loadEvaluators(catalog, accounts);
    watch.enter('read trail');
    const trail = await openTrail(
      config,
      {
        period,
        accountIds: accounts.map((account) => account.id),
        concurrency: options.concurrency,
        onProgress: options.onProgress,
      },
      options.cache,
    );
    watch.enter('evaluate and review');
    const head: ReviewHead = {
      id,
      period,
      toolVersion: toolVersion(),
      catalogUpdatedAt: catalog.updatedAt,
      catalogActions: catalog.actions.length,
      accounts: iam.map((account) => ({ id: account.id, name: account.name })),
    };
    try {
      const review = await createReview({
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
        notes: () => trail.notes(),
        exemptions: config.exemptions,
        dataEvents: config.dataEvents,
      });
      const writers = [
        createCsvWriter({ detail: options.detail }),
        createJsonWriter({ detail: options.detail }),
        createPoliciesWriter(),
        createSiteWriter({ detail: options.detail }),
      ];
      watch.enter('write');
      for (const writer of writers) await writer.begin(head, staging);
      const population = iam.reduce((sum, account) => sum + account.principals.length, 0);
      let done = 0;
      watch.enter('review principals');
      for (const { principal, assumptions } of review.principals()) {
        watch.enter('write');
        for (const writer of writers) await writer.principal(principal, assumptions);
        done += 1;
        if (done % 25 === 0 || done === population)
          options.onProgress(`reviewed ${done} of ${population} principals`);
        watch.enter('review principals');
      }
      watch.enter('write');
      for (const assumption of review.assumptions) {
        if (options.detail === 'services' && !assumption.assumed) continue;
        for (const writer of writers) await writer.assumption(assumption);
      }
      const totals = review.totals();
      for (const writer of writers) await writer.end(totals);
      await staging.commit(
        buildManifest({
          head,
          totals,
          run: { startedAt, finishedAt: new Date().toISOString(), concurrency: options.concurrency },
          config: { sha256: await sha256(config.file), source: config.source.kind },
          inputs: await describeInputs(accounts),
          outputs: staging.files(),
        }),
      );
      const incomplete = totals.accounts.some((account) => account.counts.incomplete > 0);
      return { head, totals, incomplete, index: `${options.output}/index.html`, timings: watch.timings() };
    } finally {
      await trail.close();
    }
  } catch (error) {
    await staging.discard();
    throw error;
  } finally {
    release();
  }
}

/** Ctrl-C and a polite kill leave nothing half-written; the exit code is the shell's for that signal. */
function discardOnInterrupt(staging: Staging): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    void staging.discard().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

function selectAccounts(config: Config, wanted: readonly string[]): AccountConfig[] {
  for (const name of wanted) {
    if (!config.accounts.some((account) => account.name === name || account.id === name)) {
      const known = config.accounts.map((account) => account.name).join(', ');
      throw new UserError(`${config.file} has no account "${name}". Accounts: ${known}`);
    }
  }
  return config.accounts
    .filter((account) => wanted.length === 0 || wanted.includes(account.name) || wanted.includes(account.id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function loadAccounts(accounts: readonly AccountConfig[]): Promise<IamAccount[]> {
  const loaded: IamAccount[] = [];
  for (const account of accounts) loaded.push(await loadIamAccount(account.iam, account));
  return loaded;
}

async function describeInputs(
  accounts: readonly AccountConfig[],
): Promise<{ name: string; sha256: string; bytes: number }[]> {
  return Promise.all(
    [...new Set(accounts.flatMap(({ iam, scp = [], boundary = [] }) => [iam, ...scp, ...boundary]))].map(
      async (file) => {
        const bytes = await readFile(file);
        return { name: basename(file), sha256: digest(bytes), bytes: bytes.length };
      },
    ),
  );
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const sha256 = async (file: string): Promise<string> => digest(await readFile(file));

/** The version in package.json, two folders up from both src/commands and dist/commands. */
export function toolVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
