import type { AccountReview, ReviewHead, ReviewTotals } from '../review/types.js';
import { QUERIES_FILE } from './json/queries.js';
import type { WrittenFile } from './output.js';

export interface ManifestInput {
  readonly head: ReviewHead;
  readonly totals: ReviewTotals;
  readonly run: { readonly startedAt: string; readonly finishedAt: string; readonly concurrency: number };
  /** sha256 of the file as written, before secrets are filled in; nothing of its text. */
  readonly config: { readonly sha256: string; readonly source: 'files' | 'elasticsearch' };
  readonly inputs: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  readonly outputs: readonly WrittenFile[];
}

/** What a server makes of the same questions differs from run to run. */
const COUNTS_OF_RUN = new Set(['queries', 'retries', 'queryMilliseconds']);

/** What a report was made from and what it consists of. Only `run` differs between two runs over the same inputs. */
export function buildManifest(input: ManifestInput): unknown {
  const { head, totals, run, config, inputs } = input;
  const isOfRun = ({ path }: WrittenFile): boolean => path === QUERIES_FILE;
  const outputs = input.outputs.filter((file) => !isOfRun(file));
  const counts = Object.entries(totals.notes.counts);
  const sum = (of: (counts: AccountReview['counts']) => number): number =>
    totals.accounts.reduce((total, account) => total + of(account.counts), 0);
  return {
    schemaVersion: 1,
    tool: { name: 'cloudtracker', version: head.toolVersion },
    actionData: { updatedAt: head.catalogUpdatedAt, actions: head.catalogActions },
    review: { id: head.id, period: head.period },
    run: {
      startedAt: toSeconds(run.startedAt),
      finishedAt: toSeconds(run.finishedAt),
      concurrency: run.concurrency,
      node: process.version,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      counts: Object.fromEntries(counts.filter(([name]) => COUNTS_OF_RUN.has(name))),
      outputs: input.outputs.filter(isOfRun),
    },
    config,
    inputs,
    trail: {
      engine: totals.notes.engine,
      counts: Object.fromEntries(counts.filter(([name]) => !COUNTS_OF_RUN.has(name))),
      incomplete: totals.notes.incomplete,
      accounts: totals.accounts.map(({ coverage }) => coverage),
    },
    counts: {
      principals: sum((counts) => counts.principals),
      users: sum((counts) => counts.users),
      roles: sum((counts) => counts.roles),
      incomplete: sum((counts) => counts.incomplete),
      events: totals.mapping.events,
    },
    warnings: totals.warnings,
    outputs,
  };
}

const toSeconds = (time: string): string => time.replace(/\.\d+Z$/, 'Z');
