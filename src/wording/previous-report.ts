import { plural } from '../base/plural.js';
import type { ReviewerDecision } from '../model/since-last-review.js';
import type { RowProblem } from '../review/since-last-review/decisions.js';

/** Errors about the last report (--previous, diff) and the decisions made on it (--decisions). */

export const PREVIOUS_REPORT_ERRORS = {
  missing: (file: string): string => `There is no ${file}. Give the folder of a report.`,
  unreadable: (file: string, reason: string): string => `${file} cannot be read: ${reason}`,
  noReport: (folder: string): string =>
    `${folder} contains no CloudTracker report: its manifest.json is not that of a report.`,
  otherVersion: (folder: string, found: number, writtenBy: string, readable: readonly number[]): string =>
    `${folder} is a report of schema version ${found}, written by cloudtracker ${writtenBy}. This version reads ${readable.join(' and ')}.`,
  shape: (where: string, problem: string): string => `${where}: ${problem}`,
  lineShape: (where: string, problem: string): string =>
    `${where}: ${problem}. Another version wrote this report: create it again with this version.`,
  servicesOnly: (folder: string): string =>
    `${folder} was written with --detail services, which omits the actions that a comparison needs. Create it again without this option.`,
  longLine: (file: string, most: number): string =>
    `${file} has a line of more than ${plural(most, 'character')}.`,
  changed: (file: string): string =>
    `${file} was changed after the report was written: manifest.json has another SHA-256. Use an unchanged copy of the report.`,
  json: (where: string, problem: string): string => `${where} ${problem}.`,
  noCatalog: (folder: string): string =>
    `${folder} has no json/catalog.json, which is needed because the two reports use different lists of actions.`,
  decisionsWithoutPrevious:
    '--decisions requires --previous: give the report on which the decisions were made.',
  sameFolder:
    '--previous and --output name the same folder. Choose another --output, so that the last report is not replaced.',
  notEarlier: (folder: string, start: string): string =>
    `--previous ${folder} begins on ${start}, which is not earlier than this review.`,
} as const;

/** What is wrong with a row of the file of decisions. */
export type DecisionsFileProblem =
  | RowProblem
  | ({ readonly line: number } & (
      | { readonly kind: 'too-many-cells'; readonly columns: number }
      | { readonly kind: 'no-principal'; readonly columns: readonly string[] }
      | {
          readonly kind: 'bad-decision';
          readonly value: string;
          readonly allowed: readonly ReviewerDecision[];
        }
    ));

export const DECISIONS_FILE_ERRORS = {
  unreadable: (file: string, reason: string): string => `--decisions ${file} cannot be read: ${reason}`,
  workbook: (file: string): string =>
    `--decisions ${file} is a workbook. Save the sheet as CSV (UTF-8), and give that file.`,
  notCsv: (file: string, reason: string): string => `--decisions ${file} is not a CSV file: ${reason}`,
  columns: (file: string, identifying: readonly string[]): string =>
    `--decisions ${file} must have the column decision and one of ${identifying.join(', ')}. Give the completed csv/access-review.csv of the last report.`,
  row: (file: string, problem: DecisionsFileProblem, previous: string): string =>
    `${file}:${problem.line}: ${describeProblem(problem, previous)}`,
  more: (count: number): string => `… ${count} more`,
  correct: 'Correct these rows, so that no decision is lost.',
} as const;

function describeProblem(problem: DecisionsFileProblem, previous: string): string {
  switch (problem.kind) {
    case 'other-review':
      return `row_id ${problem.rowId} belongs to review ${problem.review}, not ${previous}`;
    case 'no-such-principal':
      return `${problem.name} is not in review ${previous}`;
    case 'other-decision':
      return `${problem.arn} has a different decision on line ${problem.otherLine} (${problem.decision ?? 'none'})`;
    case 'too-many-cells':
      return `more cells than the ${problem.columns} columns: quote cells that contain a separator`;
    case 'no-principal':
      return `no principal: ${problem.columns.join(', ')} are empty`;
    case 'bad-decision':
      return `decision "${problem.value}" is not one of ${problem.allowed.join(', ')}`;
  }
}
