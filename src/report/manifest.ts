import type { ReviewHead, ReviewTotals } from '../review/types.js';
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

/** What a report was made from and what it consists of. Only `run` differs between two runs over the same inputs. */
export function buildManifest(input: ManifestInput): unknown {
  const { head, totals, run, config, inputs, outputs } = input;
  return {
    schemaVersion: 1,
    tool: { name: 'cloudtracker', version: head.toolVersion },
    actionData: { updatedAt: head.catalogUpdatedAt, actions: head.catalogActions },
    review: { id: head.id, period: head.period },
    run: {
      ...run,
      node: process.version,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    config,
    inputs,
    trail: {
      engine: totals.notes.engine,
      counts: totals.notes.counts,
      incomplete: totals.notes.incomplete,
      accounts: totals.accounts.map(({ coverage }) => coverage),
    },
    warnings: totals.warnings,
    outputs,
  };
}
