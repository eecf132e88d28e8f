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
  /** Names or IDs; empty for all accounts. */
  readonly accounts: readonly string[];
  readonly concurrency: number;
  readonly detail: 'full' | 'services';
  readonly excel?: boolean | undefined;
  readonly csvProfile?: CsvProfile | undefined;
  readonly force: boolean;
  /** Replaces an earlier report with all changes and additions made to it; implies `force`. */
  readonly discardChanges?: boolean;
  /** Use saved answers of earlier runs, and save those of this one; true if absent. */
  readonly resume?: boolean;
  /** Cache directory; without it, nothing is cached. */
  readonly cache?: string;
  readonly now: Date;
  readonly onProgress: (message: string) => void;
  /** If aborted, the run removes the unfinished report and rejects with the reason; a complete report stays. */
  readonly signal?: AbortSignal;
}
