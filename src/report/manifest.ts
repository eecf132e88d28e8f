import type { Exemption } from '../config/types.js';
import { LOG_FILES_FILE } from '../model/log-file.js';
import type { ManifestRecord } from '../model/manifest.js';
import { QUERIES_FILE } from '../model/query.js';
import type { ReviewHead } from '../review/types.js';
import type { LogFileTotals } from './log-files.js';
import type { WrittenFile } from './output.js';
import type { DescribedAccount, DescribedTotals } from '../wording/described.js';

export const MANIFEST_VERSION = 2;

/** An input file other than logs. */
export type InputFile = ManifestRecord['inputs'][number];

export interface ManifestInput {
  readonly head: ReviewHead;
  readonly totals: DescribedTotals;
  readonly run: {
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly concurrency: number;
    /** The answers of the logs come from an earlier run. */
    readonly resumed: boolean;
  };
  readonly options: ManifestRecord['options'];
  readonly config: ManifestRecord['config'];
  readonly inputs: readonly InputFile[];
  readonly logFiles: LogFileTotals | null;
  readonly exemptions: readonly Exemption[];
  readonly outputs: readonly WrittenFile[];
}

/** Inputs and contents of a report. Only `run` differs between runs with the same inputs. */
export function buildManifest(input: ManifestInput): ManifestRecord {
  const { head, totals, run, options, config, inputs, logFiles, exemptions } = input;
  const { notes } = totals;
  const isOfRun = ({ path }: WrittenFile): boolean => path === QUERIES_FILE;
  const sum = (of: (counts: DescribedAccount['counts']) => number): number =>
    totals.accounts.reduce((total, account) => total + of(account.counts), 0);
  return {
    schemaVersion: MANIFEST_VERSION,
    tool: { name: 'cloudtracker', version: head.toolVersion },
    actionData: { updatedAt: head.catalogUpdatedAt, actions: head.catalogActions },
    review: { id: head.id, period: head.period },
    run: {
      startedAt: toSeconds(run.startedAt),
      finishedAt: toSeconds(run.finishedAt),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      concurrency: run.concurrency,
      resumed: run.resumed,
      node: process.version,
      effort: notes.effort ?? {},
      outputs: input.outputs.filter(isOfRun),
    },
    options,
    config,
    inputs,
    trail: {
      engine: notes.engine.kind,
      counts: notes.counts,
      incomplete: notes.incomplete,
      accounts: totals.accounts.map(({ coverage }) => coverage),
      evidence: [
        ...(notes.logFiles === undefined ? [] : [LOG_FILES_FILE]),
        ...(notes.queries === undefined ? [] : [QUERIES_FILE]),
      ],
      logFiles,
      server: notes.server ?? null,
    },
    counts: {
      principals: sum((counts) => counts.principals),
      users: sum((counts) => counts.users),
      roles: sum((counts) => counts.roles),
      incomplete: sum((counts) => counts.incomplete),
      events: totals.mapping.events,
    },
    exemptions,
    warnings: totals.warnings,
    outputs: input.outputs.filter((file) => !isOfRun(file)),
  };
}

const toSeconds = (time: string): string => time.replace(/\.\d+Z$/, 'Z');
