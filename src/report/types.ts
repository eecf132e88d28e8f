import type { AssumptionReview, PrincipalAssumptions, ReviewHead } from '../review/types.js';
import type { DescribedPrincipal, DescribedTotals } from '../wording/described.js';

/** Output of a writer: streams into the work folder; sizes and hashes are computed meanwhile. */
export interface OutputFile {
  /** Resolves when the stream accepts more. */
  write(text: string): Promise<void>;
  /** Number of rows without header, for the manifest; optional. */
  close(rows?: number): Promise<void>;
}
export interface OutputFolder {
  /** `path` is relative, with `/`; made from IDs, never from names. */
  open(path: string): Promise<OutputFile>;
  writeFile(path: string, text: string, rows?: number): Promise<void>;
}

/**
 * One format of the report. Call order: `begin`, then per account (sorted by ID) its principals (sorted by ARN),
 * then all role assumptions, then `end`. A writer must not retain principals.
 */
export interface ReportWriter {
  begin(head: ReviewHead, out: OutputFolder): Promise<void>;
  principal(principal: DescribedPrincipal, assumptions: PrincipalAssumptions): Promise<void>;
  assumption(assumption: AssumptionReview): Promise<void>;
  end(totals: DescribedTotals): Promise<void>;
}
