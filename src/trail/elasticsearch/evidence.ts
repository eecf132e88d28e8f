import { compareBy } from '../../base/compare.js';
import type { Client } from '@elastic/elasticsearch';
import { DAY_MS, isoSeconds } from '../../base/time.js';
import type { IndexEvidence, ServerEvidence } from '../types.js';
import { orNull, QueryFailedError } from './failures.js';
import type { IndexReader } from './index-reader.js';
import { bodyIn, objectIn, textIn } from './unexpected-answer.js';
import { BAD_ANSWERS } from '../../wording/elasticsearch-queries.js';

/** Indices of one pattern; more are not described. */
const MAX_INDICES = 10_000;
/** These requests are not searches, which have their own retries. */
const PATIENT = { maxRetries: 3 };

/**
 * Evidence about a server: its identity, and what its indices have of the period. A report does not depend on it,
 * so missing privileges give null.
 * @param readers of different indices
 */
export async function readServer(
  client: Client,
  pattern: string,
  readers: readonly IndexReader[],
): Promise<ServerEvidence> {
  const [cluster, uuids, indices] = await Promise.all([
    orNull(readCluster(client)),
    orNull(readUuids(client, pattern)),
    orNull(Promise.all(readers.map(readIndices))),
  ]);
  return {
    cluster,
    pattern,
    indices:
      indices
        ?.flat()
        .map((index) => ({ ...index, uuid: uuids?.get(index.name) ?? null }))
        .sort(compareBy(({ name }) => name)) ?? null,
  };
}

/** @throws error of the client or UnexpectedAnswerError */
export async function readCluster(client: Client): Promise<NonNullable<ServerEvidence['cluster']>> {
  const { cluster_name: name, cluster_uuid: uuid, version } = bodyIn(await client.info({}, PATIENT));
  return {
    name: textIn(name, 'cluster_name'),
    uuid: textIn(uuid, 'cluster_uuid'),
    version: textIn(objectIn(version, 'version')['number'], 'version.number'),
  };
}

async function readUuids(client: Client, index: string): Promise<Map<string, string>> {
  const answer = await client.indices.getSettings(
    { index, name: 'index.uuid', flat_settings: true },
    PATIENT,
  );
  return new Map(
    Object.entries(bodyIn(answer)).flatMap(([name, index]) => {
      const { settings = {} } = objectIn(index, 'index');
      const uuid = objectIn(settings, 'settings')['index.uuid'];
      return typeof uuid === 'string' ? [[name, uuid] as const] : [];
    }),
  );
}

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  readonly first: { readonly value: number };
  readonly last: { readonly value: number };
  readonly days: { readonly buckets: readonly { readonly key: number }[] };
}

async function readIndices({
  table: { timestamp },
  span,
  searcher,
}: IndexReader): Promise<Omit<IndexEvidence, 'uuid'>[]> {
  const { aggregations, documents } = await searcher.of('indices').search<{
    indices: { buckets: readonly Bucket[] };
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
  const { buckets } = aggregations.indices;
  if (buckets.reduce((sum, { doc_count }) => sum + doc_count, 0) < documents)
    throw new QueryFailedError(BAD_ANSWERS.evidence);
  return buckets.map(({ key, doc_count, first, last, days }) => ({
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
    for (let gap = (days[i - 1] ?? day) + DAY_MS; gap < day; gap += DAY_MS)
      gaps.push(new Date(gap).toISOString().slice(0, 10));
  }
  return gaps;
}
