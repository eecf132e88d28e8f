import { availableParallelism } from 'node:os';
import { Option, type Command } from 'commander';
import type { ReportResult } from '../commands/report.js';
import { Interruption } from '../interruption.js';
import { REPORT_HELP as HELP, SHARED_OPTIONS } from '../wording/cli-help.js';
import { INTERRUPTED, REPORT_OUTPUT as OUTPUT, WARNING } from '../wording/cli-output.js';
import { defaultCacheFolder } from './cache-folder.js';
import { print } from './output.js';
import { positive } from './positive.js';
import { addReviewOptions, exitCodeOf, findingLines, type ReviewFlags } from './review-options.js';
import { supervise } from './supervise.js';
import { textTable } from './text-table.js';
import { timingLines } from './timings.js';

interface ReportFlags extends ReviewFlags {
  readonly config: string;
  readonly start?: string;
  readonly end?: string;
  readonly quarter?: string;
  readonly output: string;
  readonly account?: string[];
  readonly concurrency: number;
  readonly detail: 'full' | 'services';
  readonly force?: boolean;
  readonly discardChanges?: boolean;
  readonly resume: boolean;
  readonly cache: string | false;
  readonly timings?: boolean;
}

const MAX_WARNINGS = 10;

export function addReport(program: Command): void {
  addReviewOptions(program.command('report'))
    .description(HELP.description)
    .option('--config <file>', SHARED_OPTIONS.config, 'config.yaml')
    .option('--start <date>', SHARED_OPTIONS.start)
    .option('--end <date>', SHARED_OPTIONS.end)
    .option('--quarter <quarter>', SHARED_OPTIONS.quarter)
    .option('--output <folder>', HELP.output, 'output/report')
    .option('--account <name...>', HELP.account)
    .option('--concurrency <n>', HELP.concurrency, positive, Math.min(4, availableParallelism()))
    .addOption(new Option('--detail <level>', HELP.detail).choices(['full', 'services']).default('full'))
    .option('--force', HELP.force)
    .option('--discard-changes', HELP.discardChanges)
    .option('--no-resume', HELP.noResume)
    .option('--cache <folder>', SHARED_OPTIONS.cache, defaultCacheFolder())
    .option('--no-cache', SHARED_OPTIONS.noCache)
    .option('--timings', HELP.timings)
    .addHelpText('after', HELP.text)
    .action(report);
}

async function report({ account, force, failOn, cache, timings, ...rest }: ReportFlags): Promise<void> {
  const { result, interruption } = await supervise(async (supervision) => {
    const { runReport } = await import('../commands/report.js');
    return runReport({
      ...rest,
      accounts: account ?? [],
      force: force ?? false,
      ...(cache === false ? {} : { cache }),
      now: new Date(),
      ...supervision,
    });
  });
  print([
    ...summaryOf(result),
    ...findingLines(result, failOn),
    ...(timings === true ? ['', ...timingLines(result.timings)] : []),
  ]);
  process.exitCode = exitCodeOf(result, failOn);
  if (interruption !== undefined) throw new Interruption(interruption.signal, INTERRUPTED.tooLate);
}

function summaryOf({ head, totals, index, incomplete, sumsSha256, notices }: ReportResult): string[] {
  const rows = totals.accounts.map((account) => [
    account.name,
    account.id,
    ...[
      account.counts.users,
      account.counts.roles,
      account.counts.inactive,
      account.counts.incomplete,
      account.decisions.reduce,
      account.decisions.remove,
      account.coverage.events,
    ].map(String),
  ]);
  const lines = textTable([OUTPUT.columns, ...rows], 2);
  const { events, mappedEvents, noPermissionEvents } = totals.mapping;
  // Rounded down: 100 % means all events.
  const explained = Math.floor((1000 * (mappedEvents + noPermissionEvents)) / Math.max(events, 1)) / 10;
  const share = events === 0 ? OUTPUT.noEvents : `${explained.toFixed(1)}%`;
  const { warnings } = totals;
  return [
    OUTPUT.title(head.id, head.period),
    '',
    ...lines,
    '',
    OUTPUT.mapped(share, events),
    ...warnings.slice(0, MAX_WARNINGS).map((warning) => `${WARNING}: ${warning}`),
    ...notices.map((notice) => `${WARNING}: ${notice}`),
    ...(warnings.length > MAX_WARNINGS ? [OUTPUT.moreWarnings(warnings.length - MAX_WARNINGS)] : []),
    ...(incomplete ? [OUTPUT.incomplete] : []),
    '',
    OUTPUT.path(index),
    OUTPUT.sums(sumsSha256),
  ];
}
