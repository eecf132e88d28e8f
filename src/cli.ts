#!/usr/bin/env node
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { defaultCacheFolder } from './cli/cache-folder.js';
import { addCheck } from './cli/check.js';
import { addDiff } from './cli/diff.js';
import { addIngest } from './cli/ingest.js';
import { positive } from './cli/positive.js';
import { startProgress } from './cli/progress.js';
import { addReviewOptions, exitCodeOf, findingLines, type ReviewFlags } from './cli/review-options.js';
import { timingLines } from './cli/timings.js';
import { addVerify } from './cli/verify.js';
import { runQuery } from './commands/query/run.js';
import { runReport, toolVersion, type ReportResult } from './commands/report.js';
import { isExpected } from './commands/expected-errors.js';
import { keepHeapSmall } from './heap.js';

const EXIT_ERROR = 2;

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
  readonly resume: boolean;
  readonly cache: string | false;
  readonly timings?: boolean;
}

interface QueryFlags {
  readonly config: string;
  readonly account?: string;
  readonly list?: 'users' | 'roles';
  readonly user?: string;
  readonly role?: string;
  readonly start?: string;
  readonly end?: string;
  readonly destrole?: string;
  readonly destaccount?: string;
  readonly showUsed?: boolean;
  readonly ignoreBenign?: boolean;
  readonly ignoreUnknown?: boolean;
  readonly color: boolean;
  readonly cache: string | false;
}

const program = new Command('cloudtracker')
  .description(
    'Finds over-privileged AWS IAM users and roles by comparing CloudTrail logs with IAM policies.',
  )
  .version(toolVersion())
  .enablePositionalOptions()
  .showHelpAfterError('(add --help for the options)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_ERROR));

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
    'queries or files at the same time',
    positive,
    Math.min(4, availableParallelism()),
  )
  .addOption(
    new Option('--detail <level>', 'services: leave out per-action lists and never-used pairs')
      .choices(['full', 'services'])
      .default('full'),
  )
  .option('--force', 'replace an earlier report in the output folder')
  .option(
    '--no-resume',
    'read the logs anew, also after a run that did not end, and keep nothing for the next',
  )
  .option('--cache <folder>', 'where what was read of log files is kept', defaultCacheFolder())
  .option('--no-cache', 'read all log files, and keep nothing of them')
  .option('--timings', 'print how long each stage took, and the memory it all needed')
  .addHelpText(
    'after',
    `
Exit codes: 0 the report is whole; 1 it is, and has a finding of --fail-on; 2 an error, or some data were incomplete
(the report says which).

Examples:
  $ cloudtracker report --config config.yaml --quarter 2026-Q3 --output reports/2026-Q3
  $ cloudtracker report --account production --start 2026-07-01 --end 2026-09-30
  $ cloudtracker report --quarter 2026-Q3 --output reports/2026-Q3 \\
      --previous reports/2026-Q2 --decisions reviewed-2026-Q2.csv`,
  )
  .action(async (flags: ReportFlags) => {
    const progress = startProgress();
    try {
      const { account, force, failOn, cache, timings, ...rest } = flags;
      const result = await runReport({
        ...rest,
        accounts: account ?? [],
        force: force ?? false,
        ...(cache === false ? {} : { cache }),
        now: new Date(),
        onProgress: progress.show,
      });
      progress.stop();
      printSummary(result);
      for (const line of findingLines(result, failOn)) console.log(line);
      if (timings === true) console.log(`\n${timingLines(result.timings).join('\n')}`);
      process.exitCode = exitCodeOf(result, failOn);
    } finally {
      progress.stop();
    }
  });

addCheck(program);
addDiff(program);
addIngest(program);
addVerify(program);

program
  .option('--config <file>', 'configuration', 'config.yaml')
  .option('--account <name>', 'account of the query, by name or id')
  .addOption(new Option('--list <what>', 'list principals, used or not').choices(['users', 'roles']))
  .option('--user <name>', 'what this user may do and did')
  .option('--role <name>', 'what this role may do and did')
  .option('--start <date>', 'first day, YYYY-MM-DD (default: 365 days ago)')
  .option('--end <date>', 'last day, YYYY-MM-DD (default: today)')
  .option('--destrole <name>', 'what the user or role did after assuming this role')
  .option('--destaccount <name>', 'account of that role, if another')
  .option('--show-used', 'hide what was not used')
  .option('--ignore-benign', 'hide list and describe actions')
  .option('--ignore-unknown', 'hide what CloudTrail does not record')
  .option('--no-color', 'no colors')
  .option('--cache <folder>', 'where what was read of log files is kept', defaultCacheFolder())
  .option('--no-cache', 'read all log files, and keep nothing of them')
  .addHelpText(
    'after',
    `
Examples:
  $ cloudtracker report --quarter 2026-Q3           everything, as a static site, CSV and JSON
  $ cloudtracker --account demo --list users
  $ cloudtracker --account demo --user alice --show-used
  $ cloudtracker --account demo --user charlie --destrole admin --destaccount backup`,
  )
  .action(async (flags: QueryFlags) => {
    if (flags.list === undefined && flags.user === undefined && flags.role === undefined) {
      program.help({ error: true });
    }
    const { cache, ...rest } = flags;
    process.exitCode = await runQuery({
      ...rest,
      ...(cache === false ? {} : { cache }),
      write: (line) => process.stdout.write(`${line}\n`),
    });
  });

function printSummary({ head, totals, index, incomplete, sumsSha256 }: ReportResult): void {
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
  console.log(`Access review ${head.id}: ${head.period.start} to ${head.period.end} (end excluded)\n`);
  console.log(lines.join('\n'));
  console.log(`\nEvents explained by the catalog: ${share} of ${events}`);
  for (const warning of totals.warnings.slice(0, 10)) console.log(`warning: ${warning}`);
  if (totals.warnings.length > 10)
    console.log(`… ${totals.warnings.length - 10} more warnings in the report`);
  if (incomplete) console.log('Some data are incomplete: those principals are marked, exit code 2.');
  console.log(`\nReport: ${index}`);
  console.log(
    `SHA-256 of SHA256SUMS: ${sumsSha256} (keep it with the ticket; cloudtracker verify checks it)`,
  );
}

keepHeapSmall();
try {
  await program.parseAsync();
} catch (error) {
  // A fault of the program: with its stack, and not with Node's exit code of 1, which means findings.
  if (isExpected(error)) console.error(`error: ${error.message}`);
  else console.error(error);
  process.exitCode = EXIT_ERROR;
}
