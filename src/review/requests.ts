import type { RequestRow } from '../trail/types.js';
import type { PrincipalIndex } from './principal-index.js';
import { callKey, RowsByPrincipal } from './rows-by-principal.js';

/** What the requests of each principal's calls have. To be asked once for each principal. */
export type Requests = Pick<RowsByPrincipal<RequestRow>, 'take'>;

/** Rows of other accounts' trails count where the activity of the same calls does. */
export async function sortRequests(
  rows: AsyncIterable<RequestRow>,
  principalIndex: PrincipalIndex,
): Promise<Requests> {
  const sorted = new RowsByPrincipal<RequestRow>(callKey);
  for await (const row of rows) {
    const match = principalIndex.match(row.actor);
    if (match.kind === 'principal') sorted.add(match.principal, row);
  }
  return sorted;
}
