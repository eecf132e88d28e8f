import type { Exemption } from '../config/types.js';
import { LOG_FILES_FILE } from '../model/log-file.js';
import { QUERIES_FILE } from '../model/query.js';
import type { ReviewHead } from '../review/types.js';
import type { LogFileTotals } from './log-files.js';
import type { WrittenFile } from './output.js';
import type { DescribedAccount, DescribedTotals } from '../wording/described.js';

export const MANIFEST_VERSION = 2;

/** An input file other than logs. */
export interface InputFile {
  readonly kind: 'iam' | 'scp' | 'boundary' | 'credential-report' | 'public-keys' | 'previous' | 'decisions';
  /** Relative to the configuration, with `/`; only the name for a file elsewhere. */
  readonly name: string;
  /** IDs of the accounts that use it. */
  readonly accounts: readonly string[];
  readonly sha256: string;
  readonly bytes: number;
  /** Number of entries by type. */
  readonly records: Readonly<Record<string, number>>;
  /** Newest time in the file, ISO 8601 UTC: a hint of its age. */
  readonly newest: string | null;
}

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
  readonly options: Readonly<Record<string, unknown>>;
  readonly config: {
    readonly name: string;
    /** Checksum of the file as written, before variables are replaced. */
    readonly sha256: string;
    /** Effective values, without secrets. */
    readonly effective: Readonly<Record<string, unknown>>;
  };
  readonly inputs: readonly InputFile[];
  readonly logFiles: LogFileTotals | null;
  readonly exemptions: readonly Exemption[];
  readonly outputs: readonly WrittenFile[];
}

/** Inputs and contents of a report. Only `run` differs between runs with the same inputs. */
export function buildManifest(input: ManifestInput): unknown {
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
