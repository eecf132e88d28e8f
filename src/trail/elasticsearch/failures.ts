import { errors } from '@elastic/elasticsearch';
import { UnexpectedAnswerError } from './unexpected-answer.js';

/** How a request failed, as far as it matters for what to do next. */
export interface Failure {
  /**
   * retry: it may pass by itself. too-many-buckets: a smaller page passes. lost: the point in time is no more.
   * final: the same request fails again.
   */
  readonly kind: 'retry' | 'too-many-buckets' | 'lost' | 'final';
  /** One line for people, without addresses of nodes, credentials or stack. */
  readonly reason: string;
  /** What the server asked for, in milliseconds. */
  readonly retryAfter: number | null;
  /** The cluster has too much to do (status 429) or too little memory for this request (circuit breaker). */
  readonly pressure: 'none' | 'requests' | 'memory';
  /** False: nobody answered, so whether anybody is there is not known. */
  readonly answered: boolean;
  /** The time for it ran out. */
  readonly slow: boolean;
}

const RETRY_STATUS = new Set([408, 429, 500, 502, 503, 504]);

/** An answer that is not whole: part of the shards or clusters failed or ran out of time. */
export class PartialAnswer extends Error {
  override name = 'PartialAnswer';

  constructor(
    message: string,
    readonly slow = false,
  ) {
    super(message);
  }
}

/** The server, or what stands before it, names another place to ask. Nothing is sent there. */
export class Redirected extends Error {
  override name = 'Redirected';
}

/** No answer within the time for one request. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** A query that stayed failed after its retries. */
export class QueryFailed extends Error {
  override name = 'QueryFailed';
}

/** The page held more buckets than the server allows, and cannot be made smaller here. */
export class TooManyBuckets extends QueryFailed {
  override name = 'TooManyBuckets';
}

/** Nothing came in time: a query of a shorter time may be answered. */
export class TooSlow extends QueryFailed {
  override name = 'TooSlow';
}

export function describeFailure(error: unknown): Failure {
  const failure = { kind: 'retry', retryAfter: null, pressure: 'none', answered: true, slow: false } as const;
  if (error instanceof PartialAnswer) return { ...failure, reason: error.message, slow: error.slow };
  if (error instanceof UnexpectedAnswerError || error instanceof Redirected)
    return { ...failure, reason: error.message };
  if (error instanceof errors.ResponseError) return describeResponse(error);
  // Cut short or garbled on the way, or the page of a proxy.
  if (error instanceof errors.DeserializationError)
    return { ...failure, reason: 'the answer was no whole JSON' };
  if (error instanceof errors.ProductNotSupportedError)
    return { ...failure, reason: 'what answered was not Elasticsearch' };
  const unanswered = { ...failure, answered: false };
  if (error instanceof errors.TimeoutError || error instanceof NoAnswer)
    return { ...unanswered, reason: 'no answer in time', slow: true };
  if (error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError)
    return { ...unanswered, reason: 'connection failed' };
  const reason = error instanceof QueryFailed ? error.message : nameOf(error);
  return { ...failure, kind: 'final', reason };
}

/** What a server may refuse or answer oddly: an error of the client or of an answer, and no error of this program. */
const isServerFailure = (error: unknown): boolean =>
  error instanceof QueryFailed ||
  error instanceof PartialAnswer ||
  error instanceof UnexpectedAnswerError ||
  error instanceof Redirected ||
  error instanceof NoAnswer ||
  (error instanceof errors.ElasticsearchClientError &&
    !(error instanceof errors.ConfigurationError || error instanceof errors.SerializationError));

/** The answer; null where the server does not give it. @throws what is no failure of the server */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isServerFailure(error)) return null;
    throw error;
  }
}

/** Whether the server does not do what was asked, whoever asks. */
export const isRefused = (error: unknown): boolean =>
  error instanceof errors.ResponseError && error.statusCode === 400;

function describeResponse(error: errors.ResponseError): Failure {
  const status = error.statusCode ?? 0;
  const body = JSON.stringify(error.body ?? '');
  const failure = { retryAfter: null, pressure: 'none', answered: true, slow: false } as const;
  // The outermost type may be search_phase_execution_exception, with the cause inside.
  if (body.includes('too_many_buckets'))
    return { ...failure, kind: 'too-many-buckets', reason: 'too many buckets' };
  if (body.includes('search_context_missing_exception'))
    return { ...failure, kind: 'lost', reason: 'the point in time was lost' };
  if (body.includes('index_not_found_exception'))
    return { ...failure, kind: 'final', reason: 'the index does not exist (any more)' };
  const type = /"type":"([a-z_]+)"/.exec(body)?.[1] ?? 'error';
  const memory = body.includes('circuit_breaking_exception');
  return {
    ...failure,
    kind: memory || RETRY_STATUS.has(status) ? 'retry' : 'final',
    reason: memory ? `status ${status} (circuit_breaking_exception)` : `status ${status} (${type})`,
    retryAfter: retryAfter(error.headers?.['retry-after']),
    pressure: memory ? 'memory' : status === 429 ? 'requests' : 'none',
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');

/** Retry-After: seconds or an HTTP date (RFC 9110); null when absent or unreadable. At most one minute. */
function retryAfter(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined) return null;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), 60_000);
}
