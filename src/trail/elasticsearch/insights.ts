import { QueryFailed } from './failures.js';
import type { IndexReader } from './index-reader.js';
import { insightsQuery } from './partitions.js';

/** Insights events are about other events: skipped, and counted. */
export async function countInsights(reader: IndexReader): Promise<void> {
  const query = insightsQuery(reader.table, reader.span);
  try {
    reader.count('insightRecords', (await reader.searcher.of('insights').search({ query })).documents);
  } catch (error) {
    if (!(error instanceof QueryFailed)) throw error;
    reader.warnings.add('The Insights events of the index could not be counted.');
  }
}
