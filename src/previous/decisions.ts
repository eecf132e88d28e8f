import { describeError } from '../base/describe-error.js';
import { readRegularFile } from '../base/read-file.js';
import { UserError } from '../config/types.js';
import { assignDecisions, type Problem, type ReviewedRow } from '../review/since-last-review/decisions.js';
import { REVIEWER_DECISIONS, type DecisionRow, type ReviewerDecision } from '../model/since-last-review.js';
import type { PreviousReview, Snapshot } from '../review/since-last-review/types.js';
import { readDates } from './dates.js';
import { readTable, type Table } from './table.js';

const WHO = ['row_id', 'principal_unique_id', 'principal_arn'] as const;
const MAX_NAMED = 20;

/**
 * Reads a filled-in access-review.csv, also as saved by a spreadsheet, and finds the principal of each row.
 * @throws UserError that names every row that cannot be read or matches no principal in `previous`
 */
export async function loadDecisions(
  file: string,
  previous: PreviousReview,
): Promise<ReadonlyMap<Snapshot, DecisionRow>> {
  let bytes: Uint8Array;
  try {
    bytes = await readRegularFile(file);
  } catch (error) {
    throw new UserError(`--decisions ${file} cannot be read: ${describeError(error)}`);
  }
  const { rows, problems } = parseDecisions(bytes, file);
  const assigned = assignDecisions(previous, rows);
  const all = [...problems, ...assigned.problems].sort((a, b) => a.line - b.line);
  if (all.length > 0) {
    const lines = all.slice(0, MAX_NAMED).map(({ line, message }) => `${file}:${line}: ${message}`);
    const more = all.length > MAX_NAMED ? [`… ${all.length - MAX_NAMED} more`] : [];
    throw new UserError([...lines, ...more, 'Correct these rows, so that no decision is lost.']);
  }
  return assigned.decisions;
}

/** @throws UserError if the file is not a filled-in access review */
export function parseDecisions(
  bytes: Uint8Array,
  file: string,
): { readonly rows: readonly ReviewedRow[]; readonly problems: readonly Problem[] } {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new UserError(
      `--decisions ${file} is a workbook: save the sheet as CSV (UTF-8), and name that file.`,
    );
  }
  let table: Table;
  try {
    table = readTable(bytes);
  } catch (error) {
    throw new UserError(`--decisions ${file} is not a CSV file: ${describeError(error)}`);
  }
  if (!table.columns.includes('decision') || !WHO.some((column) => table.columns.includes(column))) {
    throw new UserError(
      `--decisions ${file} needs a column decision, and one of ${WHO.join(', ')}: ` +
        'give the csv/access-review.csv of the last report, filled in.',
    );
  }
  const reviewed = readDates(table.rows.map((row) => row.get('reviewed_at')));
  const remediated = readDates(table.rows.map((row) => row.get('remediated_at')));
  const problems: Problem[] = table.tooLong.map((line) => ({
    line,
    message: `has more cells than the ${table.columns.length} columns: is a cell with a separator not quoted?`,
  }));
  const rows = table.rows.flatMap((row, i): ReviewedRow[] => {
    const [rowId, uniqueId, arn] = WHO.map((column) => row.get(column));
    if (!rowId && !uniqueId && !arn) {
      problems.push({ line: row.line, message: `names no principal: ${WHO.join(', ')} are empty` });
      return [];
    }
    const decision = decisionOf(row.get('decision'));
    if (decision === undefined) {
      problems.push({
        line: row.line,
        message: `decision "${row.get('decision')}" is none of ${REVIEWER_DECISIONS.join(', ')}`,
      });
      return [];
    }
    return [
      {
        line: row.line,
        ...{ rowId: rowId ?? '', uniqueId: uniqueId ?? '', arn: arn ?? '' },
        decision,
        reviewer: row.get('reviewer'),
        reviewedAt: reviewed[i] ?? '',
        justification: row.get('justification'),
        ticket: row.get('ticket'),
        remediatedAt: remediated[i] ?? '',
        remediationEvidence: row.get('remediation_evidence'),
      },
    ];
  });
  return { rows, problems };
}

function decisionOf(text: string): ReviewerDecision | null | undefined {
  const word = text.toLowerCase();
  return word === '' ? null : REVIEWER_DECISIONS.find((decision) => decision === word);
}
