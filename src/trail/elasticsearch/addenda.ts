import {
  COPY_FIELDS,
  fingerprintWithId,
  eventFingerprint,
  IDS_PER_QUERY,
  ORIGINAL_ID,
  type DuplicateCounter,
} from './duplicates.js';
import { foldHits, type Hit } from './hits.js';
import type { IndexReader } from './index-reader.js';
import { isInScope } from './rows.js';
import { exists, hasValue, partitionQuery, type More, type IndexPartition } from './partitions.js';

/**
 * Subtracts corrections of events that the index also holds: a correction has its own ID (CloudTrail User Guide:
 * CloudTrail record contents, addendum). It counts if the index lacks the event itself.
 */
export async function addAddenda(reader: IndexReader, found: DuplicateCounter): Promise<void> {
  if (reader.rare.addenda === 0) return;
  await Promise.all(
    reader.partitions.map((partition) =>
      reader.guardInTurn(partition, 'addenda', async () => {
        const duplicates = await copiesIn(reader, partition);
        for (const hit of duplicates) found.add(hit);
      }),
    ),
  );
}

async function copiesIn(reader: IndexReader, partition: IndexPartition): Promise<Hit[]> {
  const addenda = await hitsOf(reader, partition, { filter: exists(reader.table, ORIGINAL_ID) });
  const ids = [...new Set([...addenda.values()].flatMap(({ values }) => values[ORIGINAL_ID] ?? []))];
  const seen = new Set<string | null>();
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const filter = [hasValue(reader.table, 'eventID', ids.slice(at, at + IDS_PER_QUERY))];
    const originals = await hitsOf(reader, partition, { filter, mustNot: exists(reader.table, ORIGINAL_ID) });
    for (const hit of originals.values()) seen.add(eventFingerprint(hit));
  }
  return [...addenda.values()].filter((hit) => {
    const identity = eventFingerprint(hit);
    const isExtra = seen.has(identity);
    seen.add(identity);
    return isExtra;
  });
}

/** One of each, by its own ID: further copies are subtracted together with those of all events. */
function hitsOf(reader: IndexReader, partition: IndexPartition, more: More): Promise<Map<string, Hit>> {
  return foldHits(
    reader.ask(partition, 'addenda'),
    reader.table,
    { query: partitionQuery(reader.table, partition, reader.span, more), fields: COPY_FIELDS },
    () => new Map<string, Hit>(),
    (hits, hit) => {
      const identity = fingerprintWithId(hit, hit.values.eventID);
      if (identity !== null && isInScope(hit.values, reader.accountIds)) hits.set(identity, hit);
    },
  );
}
