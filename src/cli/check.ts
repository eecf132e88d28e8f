import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { AccountFindings, AccountLogs, CheckResult, Fact } from '../commands/check.js';
import { untilAborted } from '../interruption.js';
import { SIGNAL_CODES } from './endings.js';
import { print } from './output.js';
import { positive } from './positive.js';
import { supervise } from './supervise.js';

interface CheckFlags {
  readonly config: string;
  readonly start?: string;
  readonly end?: string;
  readonly quarter?: string;
  readonly concurrency: number;
}

const EXIT_PROBLEMS = 2;
const MAX_NAMED = 5;

export function addCheck(program: Command): void {
  program
    .command('check')
    .description(
      'Say what a report would find: logs, their layout and days, and the IAM files of each account.',
    )
    .option('--config <file>', 'configuration', 'config.yaml')
    .option('--start <date>', 'first day of the period, YYYY-MM-DD (default: 90 days ago)')
    .option('--end <date>', 'last day of the period, YYYY-MM-DD (default: now)')
    .option('--quarter <quarter>', 'a calendar quarter instead of --start and --end, for example 2026-Q3')
    .option('--concurrency <n>', 'maximum concurrent queries', positive, Math.min(4, availableParallelism()))
    .addHelpText(
      'after',
      `
It only searches, and writes nothing. Of Elasticsearch it names the indices, the layout, and where each field of CloudTrail is.

Exit codes: 0 a report would be whole; 2 an error, or something that makes it incomplete (named at the end);
${SIGNAL_CODES}.

Examples:
  $ cloudtracker check --config config.yaml
  $ cloudtracker check --config config.yaml --quarter 2026-Q3`,
    )
    .action(async (flags: CheckFlags) => {
      const { result } = await supervise(async ({ signal, onProgress }) => {
        const { runCheck } = await import('../commands/check.js');
        return untilAborted(runCheck({ ...flags, now: new Date(), onProgress }), signal);
      });
      print(linesOf(result));
      process.exitCode = result.problems.length === 0 ? 0 : EXIT_PROBLEMS;
    });
}

export function linesOf({ config, period, source, accounts, warnings, problems }: CheckResult): string[] {
  return [
    `Configuration  ${config}`,
    `Period         ${period.start} to ${period.end} (end excluded)`,
    '',
    `Logs           ${source === null ? 'not readable' : source.where}`,
    ...(source?.facts ?? []).flatMap(factLines),
    '',
    ...table([
      ['account', 'id', 'events', 'first', 'last', 'days without', 'users', 'roles', 'SCP levels'],
      ...accounts.map(accountRow),
    ]),
    ...accounts.flatMap(({ name, logs }) => (logs === null ? [] : recordingLines(name, logs))),
    ...accounts.flatMap(({ name, iam }) =>
      named(iam?.missingPolicies ?? []).map((policy) => `  ${name} lacks the document of ${policy}`),
    ),
    '',
    ...warnings.map((warning) => `warning: ${warning}`),
    ...problems.map((problem) => `problem: ${problem}`),
    problems.length === 0
      ? 'A report of this period would be whole.'
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`,
  ];
}

const factLines = (fact: Fact): string[] =>
  fact.kind === 'line'
    ? [`  ${fact.label.padEnd(12)} ${fact.value}`]
    : [...table(fact.rows).map((line) => `  ${line}`), ''];

function accountRow({ name, id, coverage, iam }: AccountFindings): string[] {
  return [
    name,
    id,
    ...(coverage === null
      ? ['?', '?', '?', '?']
      : [
          String(coverage.events),
          coverage.first ?? '-',
          coverage.last ?? '-',
          String(coverage.emptyDays.length),
        ]),
    ...(iam === null ? ['?', '?', '?'] : [iam.users, iam.roles, iam.scpLevels].map(String)),
  ];
}

/** Which kinds of events the logs of an account show, and on how many days. */
function recordingLines(name: string, { recording, days }: AccountLogs): string[] {
  const seen = recording.kinds.filter(({ verdict }) => verdict === 'seen' || verdict === 'stated');
  const kinds = [
    ...seen.map(({ kind }) => kind),
    ...recording.dataEvents.map((service) => `data of ${service}`),
  ];
  return [
    `  ${name} has events on ${days.covered} of ${days.all} days: ${kinds.length === 0 ? 'of no kind' : kinds.join(', ')}`,
  ];
}

const named = (names: readonly string[]): string[] =>
  names.length <= MAX_NAMED
    ? [...names]
    : [...names.slice(0, MAX_NAMED), `… ${names.length - MAX_NAMED} more`];

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
