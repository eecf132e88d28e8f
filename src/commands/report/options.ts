import type { CsvProfile } from '../../report/csv/profiles/all.js';
import type { PreviousReviewOptions } from '../since-last-review.js';

export interface ReportOptions extends PreviousReviewOptions {
  readonly config: string;
  /** YYYY-MM-DD, inclusive. */
  readonly start?: string;
  readonly end?: string;
  /** For example 2026-Q3. */
  readonly quarter?: string;
  readonly output: string;
  /** Names or ids; all accounts when empty. */
  readonly accounts: readonly string[];
  readonly concurrency: number;
  readonly detail: 'full' | 'services';
  readonly excel?: boolean | undefined;
  readonly csvProfile?: CsvProfile | undefined;
  readonly force: boolean;
  /** Replaces an earlier report with what people changed in it or added to it; implies `force`. */
  readonly discardChanges?: boolean;
  /** Use the saved answers of earlier runs, and save those of this one; true when absent. */
  readonly resume?: boolean;
  /** Cache directory for parsed log files; nothing is cached without it. */
  readonly cache?: string;
  readonly now: Date;
  readonly onProgress: (message: string) => void;
  /** When aborted, the run removes the unfinished report and rejects with the reason; a complete report stays. */
  readonly signal?: AbortSignal;
}
