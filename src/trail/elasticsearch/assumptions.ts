import { countOf } from '../../base/maps.js';
import type { Period } from '../../period.js';
import { DistinctStarts } from '../distinct-starts.js';
import { StringInterner } from '../string-interner.js';
import { SessionJoin } from '../sessions.js';
import type { AssumptionRow } from '../types.js';
import type { DuplicateCounts } from './duplicates.js';
import type { IndexReader } from './index-reader.js';
import { readCalls } from './session-calls.js';
import { readStarts } from './session-starts.js';
import { QUERY_WARNINGS } from '../../wording/elasticsearch-queries.js';

/**
 * Role sessions of the period with the calls in them; a session may start in one group of indices and make calls in
 * another.
 */
export async function readAssumptions(
  parts: readonly { readonly reader: IndexReader; readonly duplicates: DuplicateCounts }[],
  period: Period,
): Promise<AssumptionRow[]> {
  const starts = new DistinctStarts();
  const interner = new StringInterner();
  for (const { reader } of parts) {
    await Promise.all(
      reader.partitions.map((partition) =>
        reader.guardInTurn(partition, 'sessions', () => readStarts(reader, partition, interner, starts)),
      ),
    );
    warnOfGaps(reader);
  }
  const join = new SessionJoin(period);
  join.start(starts.take());
  for (const { reader } of parts) await readCalls(reader, join);
  for (const { duplicates } of parts)
    for (const calls of duplicates.calls.values()) for (const call of calls) join.add(call);
  return join.rows();
}

/** Warns of parts that documents lack, whatever the fields of the index. */
function warnOfGaps({ counts, warnings }: IndexReader): void {
  const starts = countOf(counts, 'sessionStarts');
  const withoutKey = countOf(counts, 'sessionStartsWithoutKey');
  const withoutRole = countOf(counts, 'sessionStartsWithoutRole');
  if (withoutRole > 0) {
    warnings.add(QUERY_WARNINGS.sessionsWithoutRole(withoutRole));
  }
  if (starts > 0 && withoutKey === starts) {
    warnings.add(QUERY_WARNINGS.sessionsWithoutKey(starts));
  }
}
