import { availableParallelism } from 'node:os';
import { Option, type Command } from 'commander';
import type { ReportResult } from '../commands/report.js';
import { Interruption } from '../interruption.js';
import { defaultCacheFolder } from './cache-folder.js';
import { SIGNAL_CODES } from './endings.js';
import { print } from './output.js';
import { positive } from './positive.js';
import { addReviewOptions, exitCodeOf, findingLines, type ReviewFlags } from './review-options.js';
import { supervise } from './supervise.js';
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
    .description('Report on every user, role and assumption of all configured accounts.')
    .option('--config <file>', 'configuration', 'config.yaml')
    .option('--start <date>', 'first day of the period, YYYY-MM-DD (default: 90 days ago)')
    .option('--end <date>', 'last day of the period, YYYY-MM-DD (default: now)')
    .option('--quarter <quarter>', 'a calendar quarter instead of --start and --end, for example 2026-Q3')
    .option('--output <folder>', 'where the report goes', 'output/report')
    .option('--account <name...>', 'only these accounts, by name or id')
    .option(
      '--concurrency <n>',
      'maximum concurrent queries or files',
      positive,
      Math.min(4, availableParallelism()),
    )
    .addOption(
      new Option('--detail <level>', 'services: leave out per-action lists and never-used pairs')
        .choices(['full', 'services'])
        .default('full'),
    )
    .option('--force', 'replace an earlier report that nobody changed')
    .option(
      '--discard-changes',
      'replace an earlier report, and delete what people changed in it or added to it',
    )
    .option('--no-resume', 'ignore saved progress and re-read all logs')
    .option('--cache <folder>', 'cache directory for parsed log files', defaultCacheFolder())
    .option('--no-cache', 'read all log files, and cache nothing')
    .option('--timings', 'print how long each stage took, and the memory it all needed')
    .addHelpText(
      'after',
      `
Exit codes: 0 the report is whole; 1 it is, and has a finding of --fail-on; 2 an error, or some data were incomplete
(the report says which); ${SIGNAL_CODES}.
Ctrl-C removes the unfinished report and leaves an earlier one as it was. A second Ctrl-C ends the command at once.

Examples:
  $ cloudtracker report --config config.yaml --quarter 2026-Q3 --output reports/2026-Q3
  $ cloudtracker report --account production --start 2026-07-01 --end 2026-09-30
  $ cloudtracker report --quarter 2026-Q3 --output reports/2026-Q3 \\
      --previous reports/2026-Q2 --decisions reviewed-2026-Q2.csv`,
    )
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
  if (interruption !== undefined)
    throw new Interruption(interruption.signal, 'The report was already complete.');
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
  const table = [
    ['account', 'id', 'users', 'roles', 'inactive', 'incomplete', 'reduce', 'remove', 'events'],
    ...rows,
  ];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  const { events, mappedEvents, noPermissionEvents } = totals.mapping;
  // Rounded down, so that 100 % means all of them.
  const explained = Math.floor((1000 * (mappedEvents + noPermissionEvents)) / Math.max(events, 1)) / 10;
  const share = events === 0 ? 'no events' : `${explained.toFixed(1)} %`;
  const { warnings } = totals;
  return [
    `Access review ${head.id}: ${head.period.start} to ${head.period.end} (end excluded)`,
    '',
    ...lines,
    '',
    `Events explained by the catalog: ${share} of ${events}`,
    ...warnings.slice(0, MAX_WARNINGS).map((warning) => `warning: ${warning}`),
    ...notices.map((notice) => `warning: ${notice}`),
    ...(warnings.length > MAX_WARNINGS
      ? [`… ${warnings.length - MAX_WARNINGS} more warnings in the report`]
      : []),
    ...(incomplete ? ['Some data are incomplete: those principals are marked, exit code 2.'] : []),
    '',
    `Report: ${index}`,
    `SHA-256 of SHA256SUMS: ${sumsSha256} (keep it with the ticket; cloudtracker verify checks it)`,
  ];
}
