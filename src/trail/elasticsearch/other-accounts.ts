import { increment } from '../../base/maps.js';
import { QUERY_WARNINGS } from '../../wording/elasticsearch-queries.js';
import { groups } from './composite.js';
import { QueryFailedError } from './failures.js';
import type { IndexReader } from './index-reader.js';
import { hasValue, recordsQuery } from './partitions.js';
import { accountIn } from './rows.js';

/**
 * Counts the events of each account that is not in scope. Only where an account in scope has no events: then these
 * tell which accounts the index is about.
 * @returns events by account ID; null if they could not be counted
 */
export async function countOtherAccounts(reader: IndexReader): Promise<ReadonlyMap<string, number> | null> {
  const { table, span, accountIds, searcher } = reader;
  const hasRecipient = table.fields.has('recipientAccountId');
  const query = recordsQuery(
    table,
    span,
    hasRecipient ? { mustNot: [hasValue(table, 'recipientAccountId', [...accountIds])] } : {},
  );
  const events = new Map<string, number>();
  try {
    await groups(
      searcher.of('other accounts'),
      table,
      query,
      ['recipientAccountId', 'userIdentity.accountId'],
      { firstAndLast: false },
      ({ values, count }) => {
        const accountId = accountIn(values);
        if (accountId !== null && !accountIds.has(accountId)) increment(events, accountId, count);
      },
    );
    return events;
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    reader.warnings.add(QUERY_WARNINGS.otherAccountsUnnamed);
    return null;
  }
}
