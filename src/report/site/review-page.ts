import type { FileOfReport } from '../../model/files.js';
import type { ReviewHead } from '../../review/types.js';
import type { OverviewCollector } from './overview-collector.js';
import type { DescribedTotals } from '../../wording/described.js';

/** What a page about the whole review is made from. */
export interface WholeReview {
  readonly head: ReviewHead;
  readonly totals: DescribedTotals;
  readonly collected: OverviewCollector;
  /** Path of the page of a principal that is in a listed pair of source and role. */
  readonly pageOf: (arn: string) => string | undefined;
}

/** A page about the whole review: every page links to it. */
export interface ReviewPage extends FileOfReport {
  /** In the navigation. */
  readonly label: string;
  readonly title: (head: ReviewHead) => string;
  /** Printed with a block to sign. */
  readonly toSign?: boolean;
  /** HTML inside the layout; null where another writer makes the page. */
  readonly body: ((review: WholeReview) => string) | null;
}
