import { countOf } from '../../base/maps.js';
import type { Client, estypes } from '@elastic/elasticsearch';
import {
  describeFailure,
  NoAnswerError,
  QueryFailedError,
  TooManyBucketsError,
  QueryTimeoutError,
  type Failure,
} from './failures.js';
import { AdaptiveConcurrency } from './adaptive-concurrency.js';
import type { PointInTime } from './point-in-time.js';
import { QueryLog } from './query-log.js';
import { repeated, usual, type Next } from './retry.js';
import { parseSearch, type AskedSearch, type SearchAnswer } from './search-answer.js';
import type { Tuning } from './tuning.js';
import { FAILURES, QUERY_WARNINGS } from '../../wording/elasticsearch-queries.js';

export interface SearchBody extends AskedSearch {
  readonly query: estypes.QueryDslQueryContainer;
  readonly fields?: FieldAndFormat[];
  readonly docvalue_fields?: FieldAndFormat[];
  readonly stored_fields?: string;
  readonly _source?: { readonly includes: string[] };
}
type FieldAndFormat = string | { readonly field: string; readonly format: string };

/** An answer with the page size and the point in time of its request. */
export interface Answer<Aggregations> {
  readonly response: SearchAnswer<Aggregations>;
  readonly size: number;
  readonly generation: number;
}

export interface Request {
  /** Pages of one kind of query are about equally heavy: a size that was too large is not tried again. */
  readonly kind: string;
  readonly size: number;
  readonly bodyOf: (size: number) => SearchBody;
  readonly onRetry: () => void;
  /** A query that timed out is not repeated unchanged. */
  readonly canSplit?: boolean;
  /** False: no more retries. */
  readonly isPatient?: () => boolean;
}

/** State of all queries of a run: point in time, concurrency, sizes that the cluster could not handle, and the end. */
export class SearchSession {
  readonly stats = { queries: 0, retries: 0, slicesSplit: 0, queryMilliseconds: 0 };
  readonly log = new QueryLog();
  readonly pace: AdaptiveConcurrency;
  /** Documents of the period at the start of the run. */
  documentsAtStart = 0;
  readonly #sizes = new Map<string, number>();
  readonly #took = new Map<string, number>();
  readonly #deadline: number;
  /** Time since which every request failed. */
  #failingSince: number | null = null;
  /** Why no more queries are sent. */
  #over: string | null = null;
  #watched: { readonly query: estypes.QueryDslQueryContainer; readonly documents: number } | undefined;
  #reopened = 0;
  /** Documents added before a lost point in time was opened again. */
  #documentsAdded = 0;

  /** @param limits deadline in milliseconds since 1970 */
  constructor(
    readonly client: Client,
    readonly pit: PointInTime,
    readonly tuning: Tuning,
    limits: { readonly concurrency: number; readonly deadline: number },
  ) {
    this.pace = new AdaptiveConcurrency(limits.concurrency);
    this.#deadline = limits.deadline;
  }

  /**
   * Stores the number of documents to read: a new point in time must not have fewer.
   * @throws QueryFailedError
   */
  async watch(query: estypes.QueryDslQueryContainer): Promise<void> {
    const { response } = await this.ask({
      kind: 'watch',
      size: 1,
      bodyOf: () => ({ query }),
      onRetry: () => undefined,
    });
    this.#watched = { query, documents: response.documents };
    this.documentsAtStart = response.documents;
  }

  /**
   * @throws QueryFailedError after the last retry, or after the end
   * @throws TooManyBucketsError if the page cannot be smaller
   * @throws QueryTimeoutError if it can be split
   */
  async ask<Aggregations>(request: Request): Promise<Answer<Aggregations>> {
    const { attempts, retryDelay, patience } = this.tuning;
    let size = Math.min(request.size, this.#sizes.get(request.kind) ?? request.size);
    let generation = this.pit.generation;
    let sentAt = 0;
    let tries = 0;
    const onFailure = async (failure: Failure): Promise<Next> => {
      const isTooLarge = failure.kind === 'too-many-buckets' || failure.pressure === 'memory';
      if (failure.pressure !== 'none') this.pace.refused(sentAt);
      if (failure.kind === 'lost') return this.#reopen(generation);
      if (isTooLarge && size > 1) {
        size = Math.floor(size / 2);
        this.#sizes.set(request.kind, Math.min(size, this.#sizes.get(request.kind) ?? size));
        if (failure.kind === 'too-many-buckets') return 'again';
      }
      if (usual(failure) === 'give-up' || request.isPatient?.() === false) return 'give-up';
      if (this.#isHopeless()) return 'give-up';
      if (failure.slow && request.canSplit === true)
        throw new QueryTimeoutError(FAILURES.tooSlow(failure.reason));
      return 'pause';
    };
    const attempt = async (): Promise<Answer<Aggregations>> => {
      this.#checkGoingOn();
      tries += 1;
      if (tries > 1) {
        this.stats.retries += 1;
        request.onRetry();
      }
      generation = this.pit.generation;
      sentAt = performance.now();
      const response = await this.#send<Aggregations>(request.bodyOf(size));
      this.#took.set(request.kind, response.took);
      return { response, size, generation };
    };
    try {
      return await this.pace.run(() => repeated(attempt, { attempts, retryDelay, patience, onFailure }));
    } catch (error) {
      if (error instanceof QueryFailedError) throw error;
      const failure = describeFailure(error);
      const { kind } = failure;
      const reason = failure.answered ? failure.reason : await this.#explainSilence(failure.reason);
      const message = FAILURES.attempts(tries, reason);
      if (kind === 'too-many-buckets') throw new TooManyBucketsError(message, { cause: error });
      throw new QueryFailedError(message, { cause: error });
    }
  }

  /** One sentence each, for the report. */
  get warnings(): readonly string[] {
    if (this.#reopened === 0) return [];
    return [QUERY_WARNINGS.pointInTimeLost(this.#reopened, this.#documentsAdded)];
  }

  /** Whether the point in time was lost, so that later answers may have more documents. */
  get wasReopened(): boolean {
    return this.#reopened > 0;
  }

  /** Milliseconds of the last answer of a kind on the server; 0 before the first. */
  tookLast(kind: string): number {
    return countOf(this.#took, kind);
  }

  async close(): Promise<void> {
    await this.pit.close();
    await this.client.close();
  }

  async #send<Aggregations>(body: SearchBody): Promise<SearchAnswer<Aggregations>> {
    const { generation } = this.pit;
    this.stats.queries += 1;
    const answer = await this.#search<Aggregations>(this.pit.reference, body);
    this.pit.renamed(answer.pitId, generation);
    this.stats.queryMilliseconds += answer.took;
    this.#failingSince = null;
    this.pace.answered();
    return answer;
  }

  async #search<Aggregations>(
    pit: PointInTime['reference'],
    body: SearchBody,
  ): Promise<SearchAnswer<Aggregations>> {
    const answer = await this.#inTime((signal) =>
      this.client.search(
        {
          pit,
          size: 0,
          track_total_hits: true,
          allow_partial_search_results: false,
          _source: false,
          ...body,
        },
        { signal },
      ),
    );
    return parseSearch<Aggregations>(answer, body);
  }

  /** The timeout of the client ends with the first bytes, and restarts with each later one. */
  async #inTime<T>(work: (signal: AbortSignal) => Promise<T>, most = this.tuning.requestTimeout): Promise<T> {
    const controller = new AbortController();
    const timer = setTimeout(
      () => {
        controller.abort();
      },
      Math.max(0, Math.min(most, this.#deadline - Date.now())),
    );
    try {
      return await work(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
      this.#checkGoingOn();
      throw new NoAnswerError(FAILURES.timeout, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** @throws QueryFailedError */
  #checkGoingOn(): void {
    if (Date.now() >= this.#deadline) this.#over ??= FAILURES.deadline;
    if (this.#over !== null) throw new QueryFailedError(FAILURES.noneAfter(this.#over));
  }

  /**
   * Whether to give up before the retries of this query end, because all others fail too: otherwise each query
   * would wait for a broken index.
   */
  #isHopeless(): boolean {
    this.#checkGoingOn();
    this.#failingSince ??= Date.now();
    return Date.now() - this.#failingSince >= this.tuning.patience;
  }

  /**
   * A server that does not answer even an empty query gets no more requests.
   * @returns why a query without answer has failed
   */
  async #explainSilence(reason: string): Promise<string> {
    if (this.#over !== null) return this.#over;
    try {
      await this.#inTime(
        (signal) =>
          this.client.search({ pit: this.pit.reference, size: 0, query: { match_none: {} } }, { signal }),
        this.tuning.requestTimeout / 4,
      );
    } catch (error) {
      if (!describeFailure(error).answered) this.#over ??= FAILURES.serverSilent(reason);
    }
    return this.#over ?? reason;
  }

  async #reopen(generation: number): Promise<Next> {
    try {
      await this.pit.reopen(generation, (reference) => this.#compare(reference));
    } catch (error) {
      const { kind, reason } = describeFailure(error);
      if (kind !== 'final') return 'pause';
      this.#over ??= reason;
      this.#checkGoingOn();
    }
    return 'pause';
  }

  /** Deleted or partially restored data would look like no use. */
  async #compare(reference: PointInTime['reference']): Promise<void> {
    if (this.#watched === undefined) throw new QueryFailedError(FAILURES.pointInTimeLost);
    const { query, documents } = this.#watched;
    const { documents: now } = await this.#search(reference, { query });
    if (now < documents) {
      throw new QueryFailedError(FAILURES.lostEvents(now, documents));
    }
    this.#reopened += 1;
    this.#documentsAdded += now - documents;
    this.#watched = { query, documents: now };
  }
}
