import type { estypes } from '@elastic/elasticsearch';
import { checkAggregations, checkHit } from './aggregation-answer.js';
import { PartialAnswerError } from './failures.js';
import {
  bodyIn,
  countIn,
  isCount,
  listIn,
  objectIn,
  odd,
  UnexpectedAnswerError,
  textIn,
  type Json,
} from './unexpected-answer.js';
import { BAD_ANSWERS } from '../../wording/elasticsearch-queries.js';

/**
 * The parts of a search request that determine the shape of its answer. The exact number of documents is always
 * requested.
 */
export interface AskedSearch {
  /** Number of hits; none if absent. */
  readonly size?: number;
  readonly aggs?: Record<string, estypes.AggregationsAggregationContainer>;
  /** Ascending. */
  readonly sort?: ['_shard_doc'];
  readonly search_after?: [number];
}

/** Key of a terms bucket. */
export type TermKey = string | number | boolean;

export interface FoundHit {
  readonly _index: string;
  readonly _source?: unknown;
  readonly fields?: Readonly<Record<string, readonly unknown[]>>;
  readonly ignored_field_values?: Readonly<Record<string, readonly unknown[]>>;
  /** Only with a sort. */
  readonly sort?: [number];
}

/** A complete answer, whose used parts all have the requested shape. */
export interface SearchAnswer<Aggregations = unknown> {
  /** Milliseconds. */
  readonly took: number;
  readonly shards: number;
  /** Matching documents. */
  readonly documents: number;
  readonly hits: readonly FoundHit[];
  readonly aggregations: Aggregations;
  /** New ID of the point in time. */
  readonly pitId: string | undefined;
}

/**
 * Validates the answer of a search against the request. All answers pass through here before they are trusted.
 * @throws PartialAnswerError, UnexpectedAnswerError
 */
export function parseSearch<Aggregations>(answer: unknown, asked: AskedSearch): SearchAnswer<Aggregations> {
  const body = bodyIn(answer);
  const shards = checkWhole(body);
  if (body['timed_out'] !== false) throw odd('timed_out', body['timed_out']);
  const took = countIn(body['took'], 'took');
  const { total, hits } = objectIn(body['hits'], 'hits');
  const documents = totalIn(total);
  checkHits(listIn(hits, 'hits.hits'), asked, documents);
  if (asked.aggs !== undefined) checkAggregations(asked.aggs, body['aggregations']);
  return {
    took,
    shards,
    documents,
    hits: hits as readonly FoundHit[],
    aggregations: body['aggregations'] as Aggregations,
    pitId: body['pit_id'] === undefined ? undefined : textIn(body['pit_id'], 'pit_id'),
  };
}

/** Validates the answer of a count. @throws PartialAnswerError, UnexpectedAnswerError */
export function parseCount(answer: unknown): number {
  const body = bodyIn(answer);
  checkWhole(body);
  return countIn(body['count'], 'count');
}

/**
 * Validates a search, a count or a new point in time. Elasticsearch also answers with status 200 if it skipped a
 * remote cluster or a shard (Elasticsearch Guide: Search across clusters, `_clusters`).
 * @returns number of shards
 * @throws PartialAnswerError, UnexpectedAnswerError
 */
export function checkWhole(body: Json): number {
  if (body['timed_out'] === true) throw new PartialAnswerError(BAD_ANSWERS.timedOut, true);
  const shards = objectIn(body['_shards'], '_shards');
  const [failed, total, successful] = (['failed', 'total', 'successful'] as const).map((name) =>
    countIn(shards[name], `_shards.${name}`),
  ) as [number, number, number];
  if (failed > 0) throw new PartialAnswerError(BAD_ANSWERS.shardsFailed(failed, total));
  if (successful !== total) throw new PartialAnswerError(BAD_ANSWERS.shardsSilent(successful, total));
  // Not `running`: 8.19 reports it for a cluster whose shards all answered, if only the number of hits was
  // requested.
  const clusters = body['_clusters'] === undefined ? {} : objectIn(body['_clusters'], '_clusters');
  const missing = ['skipped', 'partial', 'failed']
    .map((name) => countIn(clusters[name] ?? 0, `_clusters.${name}`))
    .reduce((sum, count) => sum + count, 0);
  if (missing > 0) throw new PartialAnswerError(BAD_ANSWERS.clusters(missing));
  return total;
}

function totalIn(total: unknown): number {
  const { value, relation } = objectIn(total, 'hits.total');
  if (!isCount(value)) throw odd('hits.total', value);
  // Otherwise it is a lower bound (Elasticsearch Guide: track_total_hits).
  if (relation !== 'eq') throw new UnexpectedAnswerError(BAD_ANSWERS.inexactTotal);
  return value;
}

function checkHits(hits: readonly unknown[], asked: AskedSearch, documents: number): void {
  const { size = 0, sort, search_after: after } = asked;
  const expected = Math.min(size, documents);
  // The number of documents after a given one is unknown.
  if (hits.length > expected || (after === undefined && hits.length < expected))
    throw new UnexpectedAnswerError(BAD_ANSWERS.hits(hits.length, expected));
  let last = after?.[0] ?? -1;
  for (const hit of hits) {
    checkHit(hit);
    if (sort === undefined) continue;
    const at = (hit as Json)['sort'];
    const [position] = listIn(at, 'sort');
    if (!isCount(position)) throw odd('sort', position);
    if (position <= last) throw new UnexpectedAnswerError(BAD_ANSWERS.repeatedHit);
    last = position;
  }
}
