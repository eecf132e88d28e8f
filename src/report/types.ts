import type { AssumptionReview, PrincipalAssumptions, ReviewHead } from '../review/types.js';
import type { DescribedPrincipal, DescribedTotals } from '../wording/described.js';

/** Where a writer puts its files: streams into a staging folder; sizes and hashes are taken on the way. */
export interface OutputFile {
  /** Resolves when the stream can take more. */
  write(text: string): Promise<void>;
  /** Rows other than a header, for the manifest; optional. */
  close(rows?: number): Promise<void>;
}
export interface OutputFolder {
  /** `path` is relative, with `/`; made from ids, never from names. */
  open(path: string): Promise<OutputFile>;
  writeFile(path: string, text: string, rows?: number): Promise<void>;
}

/**
 * One format of the report. Calls come in this order: `begin`, then per account (sorted by id) its principals
 * (sorted by ARN), then all assumptions, then `end`. A writer holds no principal longer than its call.
 */
export interface ReportWriter {
  begin(head: ReviewHead, out: OutputFolder): Promise<void>;
  principal(principal: DescribedPrincipal, assumptions: PrincipalAssumptions): Promise<void>;
  assumption(assumption: AssumptionReview): Promise<void>;
  end(totals: DescribedTotals): Promise<void>;
}
