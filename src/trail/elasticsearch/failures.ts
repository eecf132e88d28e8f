import { errors } from '@elastic/elasticsearch';
import { UnexpectedAnswerError } from './unexpected-answer.js';
import { FAILURES } from '../../wording/elasticsearch-queries.js';

/** A failed request, as far as it matters for the next step. */
export interface Failure {
  /**
   * retry: may be temporary. too-many-buckets: a smaller page may succeed. lost: the point in time no longer
   * exists. final: the same request fails again.
   */
  readonly kind: 'retry' | 'too-many-buckets' | 'lost' | 'final';
  /** One line for the user, without node addresses, credentials and stack trace. */
  readonly reason: string;
  /** Milliseconds requested by the server. */
  readonly retryAfter: number | null;
  /** The cluster is overloaded (status 429), or lacks memory for this request (circuit breaker). */
  readonly pressure: 'none' | 'requests' | 'memory';
  /** False: no response, so the server may be down. */
  readonly answered: boolean;
  /** The request timed out. */
  readonly slow: boolean;
}

const RETRY_STATUS = new Set([408, 429, 500, 502, 503, 504]);

/** An incomplete answer: some shards or clusters failed or timed out. */
export class PartialAnswerError extends Error {
  override name = 'PartialAnswerError';

  constructor(
    message: string,
    readonly slow = false,
  ) {
    super(message);
  }
}

/** The server, or a proxy before it, redirects. Redirects are never followed. */
export class RedirectError extends Error {
  override name = 'RedirectError';
}

/** No answer within the request timeout. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

/** A query that failed after all retries. */
export class QueryFailedError extends Error {
  override name = 'QueryFailedError';
}

/** The page had more buckets than the server allows, and cannot be smaller. */
export class TooManyBucketsError extends QueryFailedError {
  override name = 'TooManyBucketsError';
}

/** The request timed out: a shorter time span may succeed. */
export class QueryTimeoutError extends QueryFailedError {
  override name = 'QueryTimeoutError';
}

export function describeFailure(error: unknown): Failure {
  const failure = { kind: 'retry', retryAfter: null, pressure: 'none', answered: true, slow: false } as const;
  if (error instanceof PartialAnswerError) return { ...failure, reason: error.message, slow: error.slow };
  if (error instanceof UnexpectedAnswerError || error instanceof RedirectError)
    return { ...failure, reason: error.message };
  if (error instanceof errors.ResponseError) return describeResponse(error);
  // Truncated or corrupted in transit, or the page of a proxy.
  if (error instanceof errors.DeserializationError) return { ...failure, reason: FAILURES.invalidJson };
  if (error instanceof errors.ProductNotSupportedError) return { ...failure, reason: FAILURES.otherProduct };
  const unanswered = { ...failure, answered: false };
  if (error instanceof errors.TimeoutError || error instanceof NoAnswerError)
    return { ...unanswered, reason: FAILURES.timeout, slow: true };
  if (error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError)
    return { ...unanswered, reason: FAILURES.connection };
  const reason = error instanceof QueryFailedError ? error.message : nameOf(error);
  return { ...failure, kind: 'final', reason };
}

/** A rejection or unexpected answer of the server, not an internal error. */
const isServerFailure = (error: unknown): boolean =>
  error instanceof QueryFailedError ||
  error instanceof PartialAnswerError ||
  error instanceof UnexpectedAnswerError ||
  error instanceof RedirectError ||
  error instanceof NoAnswerError ||
  (error instanceof errors.ElasticsearchClientError &&
    !(error instanceof errors.ConfigurationError || error instanceof errors.SerializationError));

/** The answer; null if the server does not give it. @throws errors that are no failure of the server */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isServerFailure(error)) return null;
    throw error;
  }
}

/** The server does not support the request. */
export const isRefused = (error: unknown): boolean =>
  error instanceof errors.ResponseError && error.statusCode === 400;

function describeResponse(error: errors.ResponseError): Failure {
  const status = error.statusCode ?? 0;
  const body = JSON.stringify(error.body ?? '');
  const failure = { retryAfter: null, pressure: 'none', answered: true, slow: false } as const;
  // The outermost type can be search_phase_execution_exception, with the cause inside.
  if (body.includes('too_many_buckets'))
    return { ...failure, kind: 'too-many-buckets', reason: FAILURES.tooManyBuckets };
  if (body.includes('search_context_missing_exception'))
    return { ...failure, kind: 'lost', reason: FAILURES.pointInTimeLost };
  if (body.includes('index_not_found_exception'))
    return { ...failure, kind: 'final', reason: FAILURES.noIndex };
  const type = /"type":"([a-z_]+)"/.exec(body)?.[1] ?? 'error';
  const memory = body.includes('circuit_breaking_exception');
  return {
    ...failure,
    kind: memory || RETRY_STATUS.has(status) ? 'retry' : 'final',
    reason: FAILURES.status(status, memory ? 'circuit_breaking_exception' : type),
    retryAfter: retryAfter(error.headers?.['retry-after']),
    pressure: memory ? 'memory' : status === 429 ? 'requests' : 'none',
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : FAILURES.unknown);

/** Retry-After: seconds or an HTTP date (RFC 9110); null if absent or unreadable. At most one minute. */
function retryAfter(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined) return null;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), 60_000);
}
