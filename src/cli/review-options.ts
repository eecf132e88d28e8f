import { InvalidArgumentError, Option, type Command } from 'commander';
import { CSV_PROFILES, FINDING_RULES, type CsvProfile, type FindingRule } from '../commands/choices.js';
import type { ReportResult } from '../commands/report.js';

export interface ReviewFlags {
  readonly previous?: string;
  readonly decisions?: string;
  readonly excel?: boolean;
  readonly csvProfile?: CsvProfile;
  readonly failOn: readonly FindingRule[];
}

const EXIT_FINDINGS = 1;
const EXIT_INCOMPLETE = 2;

/** Options of `report` about the review that is made from it: the last one, its decisions, files for other tools. */
export function addReviewOptions(command: Command): Command {
  return command
    .option('--previous <folder>', 'report of the last review: says what changed since')
    .option('--decisions <file>', 'its csv/access-review.csv, filled in: says what came of the decisions')
    .option('--excel', 'CSV files that Excel opens with a double click, account ids with all digits')
    .addOption(
      new Option('--csv-profile <tool>', 'a list of the principals for the import of a tool, too').choices(
        CSV_PROFILES,
      ),
    )
    .addOption(
      new Option(
        '--fail-on <finding>',
        `exit code 1 when there is any of: ${FINDING_RULES.join(', ')} (several with commas)`,
      )
        .argParser(addRules)
        .default([], 'none'),
    );
}

function addRules(value: string, before: readonly FindingRule[]): readonly FindingRule[] {
  const rules = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const known = rules.flatMap((name) => FINDING_RULES.filter((rule) => rule === name));
  if (rules.length === 0 || known.length < rules.length) {
    throw new InvalidArgumentError(`Allowed are ${FINDING_RULES.join(', ')}.`);
  }
  return [...new Set([...before, ...known])];
}

/** Data that are not complete, or rows that are missing, go before findings: they may be wrong. */
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
    ...(missingRows > 0
      ? [
          `${missingRows} of the users and roles in the IAM files ${missingRows === 1 ? 'has' : 'have'} no row: see csv/population.csv, exit code 2.`,
        ]
      : []),
    ...(found.length > 0
      ? [
          `Findings: ${found.map((rule) => `${findings[rule]} ${rule}${failOn.includes(rule) ? ' (asked for)' : ''}`).join(', ')}`,
        ]
      : []),
  ];
}
