import { InvalidArgumentError, Option, type Command } from 'commander';
import { CSV_PROFILES, FINDING_RULES, type CsvProfile, type FindingRule } from '../commands/choices.js';
import type { ReportResult } from '../commands/report.js';
import { INVALID_ARGUMENT, REPORT_HELP as HELP } from '../wording/cli-help.js';
import { REPORT_OUTPUT } from '../wording/cli-output.js';

export interface ReviewFlags {
  readonly previous?: string;
  readonly decisions?: string;
  readonly excel?: boolean;
  readonly csvProfile?: CsvProfile;
  readonly failOn: readonly FindingRule[];
}

const EXIT_FINDINGS = 1;
const EXIT_INCOMPLETE = 2;

/** Options of `report` that compare with the last review or export for other tools. */
export function addReviewOptions(command: Command): Command {
  return command
    .option('--previous <folder>', HELP.previous)
    .option('--decisions <file>', HELP.decisions)
    .option('--excel', HELP.excel)
    .addOption(new Option('--csv-profile <tool>', HELP.csvProfile).choices(CSV_PROFILES))
    .addOption(
      new Option('--fail-on <findings>', HELP.failOn(FINDING_RULES)).argParser(addRules).default([], 'none'),
    );
}

function addRules(value: string, before: readonly FindingRule[]): readonly FindingRule[] {
  const rules = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const known = rules.flatMap((name) => FINDING_RULES.filter((rule) => rule === name));
  if (rules.length === 0 || known.length < rules.length) {
    throw new InvalidArgumentError(INVALID_ARGUMENT.oneOf(FINDING_RULES));
  }
  return [...new Set([...before, ...known])];
}

/** Incomplete data and missing rows have priority over findings, which may be wrong then. */
export function exitCodeOf(
  { incomplete, missingRows, findings }: ReportResult,
  failOn: readonly FindingRule[],
): number {
  if (incomplete || missingRows > 0) return EXIT_INCOMPLETE;
  return failOn.some((rule) => findings[rule] > 0) ? EXIT_FINDINGS : 0;
}

export function findingLines(
  { findings, missingRows, sinceLast }: ReportResult,
  failOn: readonly FindingRule[],
): readonly string[] {
  const found = FINDING_RULES.filter((rule) => findings[rule] > 0);
  return [
    ...(sinceLast === null ? [] : [sinceLast]),
    ...(missingRows > 0 ? [REPORT_OUTPUT.missingRows(missingRows)] : []),
    ...(found.length > 0
      ? [
          REPORT_OUTPUT.findings(
            found.map((rule) => ({ rule, count: findings[rule], fails: failOn.includes(rule) })),
          ),
        ]
      : []),
  ];
}
