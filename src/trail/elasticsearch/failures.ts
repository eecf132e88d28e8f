import { errors } from '@elastic/elasticsearch';
import type { Tuning } from './tuning.js';

/** How a query failed, as far as it matters for what to do next. */
export interface Failure {
  readonly kind: 'retry' | 'too-many-buckets' | 'final';
  /** One line for people, without addresses of nodes, credentials or stack. */
  readonly reason: string;
  /** What the server asked for, in milliseconds. */
  readonly retryAfter: number | null;
}

const RETRY_STATUS = new Set([408, 429, 502, 503, 504]);

/** An answer that is not whole: part of the shards failed or ran out of time. */
export class PartialAnswer extends Error {
  override name = 'PartialAnswer';
}

/** The page held more buckets than the server allows. */
export class TooManyBuckets extends Error {
  override name = 'TooManyBuckets';
}

/** A query that stayed failed after its retries. */
export class QueryFailed extends Error {
  override name = 'QueryFailed';
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof PartialAnswer) return { kind: 'retry', reason: error.message, retryAfter: null };
  if (error instanceof errors.ResponseError) {
    const status = error.statusCode ?? 0;
    const body = JSON.stringify(error.body ?? '');
    const type = /"type":"([a-z_]+)"/.exec(body)?.[1] ?? 'error';
    if (body.includes('too_many_buckets')) {
      return { kind: 'too-many-buckets', reason: 'too many buckets', retryAfter: null };
    }
    return {
      kind: RETRY_STATUS.has(status) ? 'retry' : 'final',
      reason: `status ${status} (${type})`,
      retryAfter: retryAfter(error.headers?.['retry-after']),
    };
  }
  if (error instanceof errors.TimeoutError)
    return { kind: 'retry', reason: 'no answer in time', retryAfter: null };
  if (error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError) {
    return { kind: 'retry', reason: 'connection failed', retryAfter: null };
  }
  return { kind: 'final', reason: error instanceof Error ? error.name : 'unknown error', retryAfter: null };
}

/**
 * Repeats what fails for a while: with growing pauses, or after as long as the server asks for.
 * @throws TooManyBuckets at once: ask again with a smaller page
 * @throws the last error, as it came
 */
export async function repeated<T>(
  work: () => Promise<T>,
  { attempts, retryDelay }: Pick<Tuning, 'attempts' | 'retryDelay'>,
  onRetry: () => void = () => undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const failure = describeFailure(error);
      if (failure.kind === 'too-many-buckets') throw new TooManyBuckets();
      if (failure.kind === 'final' || attempt >= attempts) throw error;
      onRetry();
      await sleep(failure.retryAfter ?? retryDelay * 2 ** (attempt - 1) * (0.75 + Math.random() / 2));
    }
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Retry-After: seconds or an HTTP date (RFC 9110); null when absent or unreadable. At most one minute. */
export function retryAfter(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined) return null;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), 60_000);
}
