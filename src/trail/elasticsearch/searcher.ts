import type { Client, estypes } from '@elastic/elasticsearch';
import pLimit, { type LimitFunction } from 'p-limit';
import { describeFailure, PartialAnswer, QueryFailed, repeated, TooManyBuckets } from './failures.js';
import type { Tuning } from './tuning.js';

export const KEEP_ALIVE = '15m';

export interface SearchBody {
  readonly query: estypes.QueryDslQueryContainer;
  readonly size?: number;
  readonly aggs?: Record<string, estypes.AggregationsAggregationContainer>;
  readonly sort?: estypes.SortCombinations[];
  readonly searchAfter?: estypes.SortResults;
  readonly fields?: string[];
  readonly source?: string[];
}

/** Sends queries against one point in time, a few at once, and repeats those that fail for a while. */
export class Searcher {
  readonly stats = { queries: 0, retries: 0, queryMilliseconds: 0 };
  readonly #limit: LimitFunction;
  #pit: string;

  constructor(
    readonly client: Client,
    pit: string,
    readonly tuning: Tuning,
    concurrency: number,
  ) {
    this.#pit = pit;
    this.#limit = pLimit(Math.max(1, concurrency));
  }

  /**
   * @throws QueryFailed after the last retry, or when only part of the shards answered each time
   * @throws TooManyBuckets never retried here: ask again with a smaller page
   */
  search<Aggregations>(body: SearchBody): Promise<estypes.SearchResponse<unknown, Aggregations>> {
    return this.#limit(() => this.#retried<Aggregations>(body));
  }

  async #retried<Aggregations>(body: SearchBody): Promise<estypes.SearchResponse<unknown, Aggregations>> {
    let tries = 1;
    try {
      return await repeated(
        () => this.#once<Aggregations>(body),
        this.tuning,
        () => {
          tries += 1;
          this.stats.retries += 1;
        },
      );
    } catch (error) {
      if (error instanceof TooManyBuckets) throw error;
      const { reason } = describeFailure(error);
      const how = tries === 1 ? 'a query failed' : `a query failed ${tries} times`;
      throw new QueryFailed(`${how}: ${reason}`, { cause: error });
    }
  }

  async #once<Aggregations>(body: SearchBody): Promise<estypes.SearchResponse<unknown, Aggregations>> {
    this.stats.queries += 1;
    const response = await this.client.search<unknown, Aggregations>({
      pit: { id: this.#pit, keep_alive: KEEP_ALIVE },
      query: body.query,
      size: body.size ?? 0,
      track_total_hits: true,
      allow_partial_search_results: false,
      _source: body.source === undefined ? false : { includes: body.source },
      ...(body.fields === undefined ? {} : { fields: body.fields }),
      ...(body.aggs === undefined ? {} : { aggs: body.aggs }),
      ...(body.sort === undefined ? {} : { sort: body.sort }),
      ...(body.searchAfter === undefined ? {} : { search_after: body.searchAfter }),
    });
    if (response.pit_id !== undefined) this.#pit = response.pit_id;
    this.stats.queryMilliseconds += response.took;
    if (response.timed_out) throw new PartialAnswer('the query ran out of time on the server');
    if (response._shards.failed > 0) {
      throw new PartialAnswer(`${response._shards.failed} of ${response._shards.total} shards failed`);
    }
    return response;
  }

  async close(): Promise<void> {
    // The point in time ends by itself when nobody can be told to end it.
    await this.client.closePointInTime({ id: this.#pit }).catch(() => undefined);
    await this.client.close();
  }
}

export function totalOf(response: estypes.SearchResponse<unknown, unknown>): number {
  const { total } = response.hits;
  return typeof total === 'number' ? total : (total?.value ?? 0);
}
