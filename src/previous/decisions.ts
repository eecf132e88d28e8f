import { at } from '../base/checked.js';
import { describeError } from '../base/describe-error.js';
import { readRegularFile } from '../base/read-file.js';
import { UserError } from '../config/types.js';
import { assignDecisions, type ReviewedRow } from '../review/since-last-review/decisions.js';
import { REVIEWER_DECISIONS, type DecisionRow, type ReviewerDecision } from '../model/since-last-review.js';
import type { PreviousReview, Snapshot } from '../review/since-last-review/types.js';
import { readDates } from './dates.js';
import { readTable, type Table } from './table.js';
import { DECISIONS_FILE_ERRORS, type DecisionsFileProblem } from '../wording/previous-report.js';

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
    throw new UserError(DECISIONS_FILE_ERRORS.unreadable(file, describeError(error)));
  }
  const { rows, problems } = parseDecisions(bytes, file);
  const assigned = assignDecisions(previous, rows);
  const all = [...problems, ...assigned.problems].sort((a, b) => a.line - b.line);
  if (all.length > 0) {
    const lines = all
      .slice(0, MAX_NAMED)
      .map((problem) => DECISIONS_FILE_ERRORS.row(file, problem, previous.id));
    const more = all.length > MAX_NAMED ? [DECISIONS_FILE_ERRORS.more(all.length - MAX_NAMED)] : [];
    throw new UserError([...lines, ...more, DECISIONS_FILE_ERRORS.correct]);
  }
  return assigned.decisions;
}

/** @throws UserError if the file is not a filled-in access review */
export function parseDecisions(
  bytes: Uint8Array,
  file: string,
): { readonly rows: readonly ReviewedRow[]; readonly problems: readonly DecisionsFileProblem[] } {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new UserError(DECISIONS_FILE_ERRORS.workbook(file));
  }
  let table: Table;
  try {
    table = readTable(bytes);
  } catch (error) {
    throw new UserError(DECISIONS_FILE_ERRORS.notCsv(file, describeError(error)));
  }
  if (!table.columns.includes('decision') || !WHO.some((column) => table.columns.includes(column))) {
    throw new UserError(DECISIONS_FILE_ERRORS.columns(file, WHO));
  }
  const reviewed = readDates(table.rows.map((row) => row.get('reviewed_at')));
  const remediated = readDates(table.rows.map((row) => row.get('remediated_at')));
  const problems: DecisionsFileProblem[] = table.tooLong.map((line) => ({
    line,
    kind: 'too-many-cells',
    columns: table.columns.length,
  }));
  const rows = table.rows.flatMap((row, i): ReviewedRow[] => {
    const [rowId, uniqueId, arn] = [row.get(WHO[0]), row.get(WHO[1]), row.get(WHO[2])];
    if (rowId === '' && uniqueId === '' && arn === '') {
      problems.push({ line: row.line, kind: 'no-principal', columns: WHO });
      return [];
    }
    const decision = decisionOf(row.get('decision'));
    if (decision === undefined) {
      problems.push({
        line: row.line,
        kind: 'bad-decision',
        value: row.get('decision'),
        allowed: REVIEWER_DECISIONS,
      });
      return [];
    }
    return [
      {
        line: row.line,
        ...{ rowId, uniqueId, arn },
        decision,
        reviewer: row.get('reviewer'),
        reviewedAt: at(reviewed, i),
        justification: row.get('justification'),
        ticket: row.get('ticket'),
        remediatedAt: at(remediated, i),
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
