import type { FileOfReport } from '../../model/files.js';
import type { ReviewHead } from '../../review/types.js';
import type { OverviewCollector } from './overview-collector.js';
import type { DescribedTotals } from '../../wording/described.js';

/** Input of pages about the whole review. */
export interface WholeReview {
  readonly head: ReviewHead;
  readonly totals: DescribedTotals;
  readonly collected: OverviewCollector;
  /** Page of a principal in a listed pair of source and role. */
  readonly pageOf: (arn: string) => string | undefined;
}

/** A page about the whole review: every page links to it. */
export interface ReviewPage extends FileOfReport {
  /** Label in the navigation. */
  readonly label: string;
  readonly title: (head: ReviewHead) => string;
  /** Printed with a signature block. */
  readonly toSign?: boolean;
  /** HTML inside the layout; null if another writer makes the page. */
  readonly body: ((review: WholeReview) => string) | null;
}
