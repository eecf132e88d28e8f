import type { Client } from '@elastic/elasticsearch';
import { isoSeconds } from '../time.js';
import type { IndexEvidence, ServerEvidence } from '../types.js';
import type { IndexReader } from './index-reader.js';

/** Indices of one pattern; with more of them they are not described. */
const MAX_INDICES = 10_000;
const DAY = 86_400_000;
/** These questions are no searches, which have their own repetition. */
const PATIENT = { maxRetries: 3 };

/**
 * What an auditor asks about a server: which it is, and what its indices hold of the period. A report needs none of it, so
 * what the user's privileges do not show is null.
 * @param readers of different indices each
 */
export async function readServer(
  client: Client,
  pattern: string,
  readers: readonly IndexReader[],
): Promise<ServerEvidence> {
  const orNull = <T>(answer: Promise<T>): Promise<T | null> => answer.catch(() => null);
  const [info, uuids, indices] = await Promise.all([
    orNull(client.info({}, PATIENT)),
    orNull(readUuids(client, pattern)),
    orNull(Promise.all(readers.map(readIndices))),
  ]);
  return {
    cluster:
      info === null
        ? null
        : { name: info.cluster_name, uuid: info.cluster_uuid, version: info.version.number },
    pattern,
    indices:
      indices
        ?.flat()
        .map((index) => ({ ...index, uuid: uuids?.get(index.name) ?? null }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)) ?? null,
  };
}

async function readUuids(client: Client, index: string): Promise<Map<string, string>> {
  const answer = await client.indices.getSettings(
    { index, name: 'index.uuid', flat_settings: true },
    PATIENT,
  );
  return new Map(
    Object.entries(answer).flatMap(([name, { settings }]) => {
      const uuid: unknown = settings === undefined ? undefined : Reflect.get(settings, 'index.uuid');
      return typeof uuid === 'string' ? [[name, uuid] as const] : [];
    }),
  );
}

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  readonly first: { readonly value: number | null };
  readonly last: { readonly value: number | null };
  readonly days: { readonly buckets: readonly { readonly key: number }[] };
}

async function readIndices({
  table: { timestamp },
  span,
  searcher,
}: IndexReader): Promise<Omit<IndexEvidence, 'uuid'>[]> {
  const { aggregations } = await searcher.of('indices').search<{
    indices: { buckets: readonly Bucket[]; sum_other_doc_count: number };
  }>({
    query: { range: { [timestamp]: { gte: span.from, lt: span.to, format: 'epoch_millis' } } },
    aggs: {
      indices: {
        terms: { field: '_index', size: MAX_INDICES, order: { _key: 'asc' } },
        aggs: {
          first: { min: { field: timestamp } },
          last: { max: { field: timestamp } },
          days: { date_histogram: { field: timestamp, calendar_interval: 'day', min_doc_count: 1 } },
        },
      },
    },
  });
  if (aggregations === undefined || aggregations.indices.sum_other_doc_count > 0)
    throw new Error('the indices could not be described whole');
  return aggregations.indices.buckets.map(({ key, doc_count, first, last, days }) => ({
    name: key,
    documents: doc_count,
    first: isoSeconds(first.value),
    last: isoSeconds(last.value),
    gaps: gapsBetween(days.buckets.map((day) => day.key)),
  }));
}

/** @param days starts of UTC days in milliseconds, ascending */
function gapsBetween(days: readonly number[]): string[] {
  const gaps: string[] = [];
  for (const [i, day] of days.entries()) {
    for (let gap = (days[i - 1] ?? day) + DAY; gap < day; gap += DAY)
      gaps.push(new Date(gap).toISOString().slice(0, 10));
  }
  return gaps;
}
