import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { AccountFindings, AccountLogs, CheckResult, Fact } from '../commands/check.js';
import { untilAborted } from '../interruption.js';
import { CHECK_HELP as HELP, SHARED_OPTIONS } from '../wording/cli-help.js';
import { CHECK_OUTPUT as OUTPUT, WARNING } from '../wording/cli-output.js';
import { print } from './output.js';
import { positive } from './positive.js';
import { supervise } from './supervise.js';
import { textTable } from './text-table.js';

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
    .description(HELP.description)
    .option('--config <file>', SHARED_OPTIONS.config, 'config.yaml')
    .option('--start <date>', SHARED_OPTIONS.start)
    .option('--end <date>', SHARED_OPTIONS.end)
    .option('--quarter <quarter>', SHARED_OPTIONS.quarter)
    .option('--concurrency <n>', HELP.concurrency, positive, Math.min(4, availableParallelism()))
    .addHelpText('after', HELP.text)
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
    OUTPUT.configuration(config),
    OUTPUT.period(period),
    '',
    OUTPUT.logs(source?.where ?? null),
    ...(source?.facts ?? []).flatMap(factLines),
    '',
    ...textTable([OUTPUT.columns, ...accounts.map(accountRow)]),
    ...accounts.flatMap(({ name, logs }) => (logs === null ? [] : recordingLine(name, logs))),
    ...accounts.flatMap(({ name, iam }) =>
      named((iam?.missingPolicies ?? []).map((policy) => OUTPUT.missingPolicy(name, policy))),
    ),
    '',
    ...warnings.map((warning) => `${WARNING}: ${warning}`),
    ...problems.map((problem) => `${OUTPUT.problem}: ${problem}`),
    OUTPUT.end(problems.length),
  ];
}

const factLines = (fact: Fact): string[] =>
  fact.kind === 'line'
    ? [`  ${fact.label.padEnd(12)} ${fact.value}`]
    : [...textTable(fact.rows).map((line) => `  ${line}`), ''];

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

/** Event types in the logs of an account, and the number of days with events. */
function recordingLine(name: string, { recording, regions, days }: AccountLogs): string {
  const seen = recording.kinds.filter(({ verdict }) => verdict === 'seen' || verdict === 'stated');
  return OUTPUT.recording(
    name,
    days,
    seen.map(({ kind }) => kind),
    recording.dataEvents,
    {
      names: recording.regions.regions.map(({ region }) => region),
      areAll: regions === null,
    },
  );
}

const named = (names: readonly string[]): string[] =>
  names.length <= MAX_NAMED
    ? [...names]
    : [...names.slice(0, MAX_NAMED), OUTPUT.more(names.length - MAX_NAMED)];
