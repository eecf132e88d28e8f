import type { estypes } from '@elastic/elasticsearch';
import type { QueryRecord } from '../types.js';
import { QueryFailedError } from './failures.js';
import { shortened } from './query-text.js';
import type { SearchAnswer } from './search-answer.js';
import type { Answer, SearchBody, SearchSession } from './session.js';
import type { Tuning } from './tuning.js';
import { FAILURES } from '../../wording/elasticsearch-queries.js';

/** Sends the queries of one kind, and records the evidence of each. */
export class Searcher {
  readonly tuning: Tuning;

  constructor(
    readonly session: SearchSession,
    readonly kind = 'other',
    readonly isPatient: () => boolean = () => true,
  ) {
    this.tuning = session.tuning;
  }

  /**
   * For queries of another question in the same session.
   * @param isPatient false: no more retries
   */
  of(kind: string, isPatient?: () => boolean): Searcher {
    return new Searcher(this.session, kind, isPatient);
  }

  /**
   * @param check further requirements of the answer: throws QueryFailedError
   * @throws QueryFailedError after the last retry, or if only some shards answered each time
   * @throws TooManyBucketsError never retried here: request less
   */
  async search<Aggregations>(
    body: SearchBody,
    check?: (answer: SearchAnswer<Aggregations>) => void,
  ): Promise<SearchAnswer<Aggregations>> {
    const query = this.paged();
    try {
      const { response } = await query.page<Aggregations>(() => body, 1);
      check?.(response);
      return response;
    } catch (error) {
      query.fail(error);
      throw error;
    } finally {
      query.end();
    }
  }

  /** Whether the last page of this kind was slow. */
  wasSlow(): boolean {
    return this.session.tookLast(this.kind) > this.tuning.slowPage;
  }

  /** A query with several pages. Call `end` or `fail` on it. */
  paged(): PagedQuery {
    return new PagedQuery(this.session, this.kind, this.isPatient);
  }

  close(): Promise<void> {
    return this.session.close();
  }
}

export class PagedQuery {
  readonly #startedAt = new Date().toISOString();
  readonly #counts = {
    pages: 0,
    retries: 0,
    tookMilliseconds: 0,
    shards: 0,
    documents: 0,
    hits: 0,
    buckets: 0,
  };
  #body: unknown = null;
  #failure: string | null = null;

  constructor(
    readonly session: SearchSession,
    readonly kind: string,
    readonly isPatient: () => boolean,
  ) {}

  /**
   * @param bodyOf body for a page of that size: at most `size`, less if the cluster could not handle it
   * @param canSplit a timeout is not retried
   * @throws QueryTimeoutError if it can be split
   * @throws QueryFailedError
   */
  async page<Aggregations>(
    bodyOf: (size: number) => SearchBody,
    size: number,
    canSplit = false,
  ): Promise<Answer<Aggregations>> {
    const { session, kind } = this;
    const counts = this.#counts;
    this.#body ??= shortened(bodyOf(size));
    try {
      const onRetry = (): void => void (counts.retries += 1);
      const answer = await session.ask<Aggregations>({
        kind,
        size,
        bodyOf,
        onRetry,
        canSplit,
        isPatient: this.isPatient,
      });
      const { response } = answer;
      counts.pages += 1;
      counts.tookMilliseconds += response.took;
      counts.shards = response.shards;
      counts.documents = response.documents;
      counts.hits += response.hits.length;
      counts.buckets += bucketsIn(response.aggregations);
      return answer;
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  /** Records the failure as evidence. */
  fail(error: unknown): void {
    this.#failure = error instanceof QueryFailedError ? error.message : FAILURES.notFinished;
  }

  /** Records the query as evidence. */
  end(): void {
    this.session.log.add({
      kind: this.kind,
      index: this.session.pit.index,
      startedAt: this.#startedAt,
      status: this.#failure === null ? 'answered' : 'failed',
      ...(this.#failure === null ? {} : { reason: this.#failure }),
      ...this.#counts,
      body: this.#body,
    } satisfies QueryRecord);
  }
}

function bucketsIn(aggregations: unknown): number {
  return Object.values(
    (aggregations ?? {}) as Record<string, Partial<estypes.AggregationsMultiBucketAggregateBase>>,
  )
    .map(({ buckets }) => (Array.isArray(buckets) ? buckets.length : 0))
    .reduce((sum, buckets) => sum + buckets, 0);
}
