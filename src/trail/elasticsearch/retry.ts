import { describeFailure, type Failure } from './failures.js';

export interface RetryPolicy {
  /** Maximum number of attempts. */
  readonly attempts: number;
  /** Milliseconds before the first retry; doubled each time, up to MAX_DELAY. */
  readonly retryDelay: number;
  /** Milliseconds of retries after the first failure; no limit if absent. */
  readonly patience?: number;
  /**
   * Called on each failure; can change the next attempt.
   * @returns what to do: retry at once, retry after a pause (default for temporary failures), or give up
   */
  readonly onFailure?: (failure: Failure, error: unknown) => Next | Promise<Next>;
}
export type Next = 'again' | 'pause' | 'give-up';

const MAX_DELAY = 15_000;

/**
 * Retries temporary failures with increasing pauses, or after the time that the server requests.
 * @throws the last error
 */
export async function repeated<T>(work: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  const { attempts, retryDelay, patience = Infinity, onFailure = usual } = policy;
  let failingSince: number | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      failingSince ??= Date.now();
      const failure = describeFailure(error);
      const next = await onFailure(failure, error);
      if (next === 'again') continue;
      const pause = pauseAfter(failure, attempt, retryDelay);
      const isOver = attempt >= attempts || Date.now() + pause - failingSince > patience;
      if (next === 'give-up' || isOver) throw error;
      await sleep(pause);
    }
  }
}

export const usual = ({ kind }: Failure): Next => (kind === 'retry' ? 'pause' : 'give-up');

/**
 * With jitter, so that queries that failed together do not retry together. Never before the time that the server
 * requests.
 */
function pauseAfter({ retryAfter }: Failure, attempt: number, retryDelay: number): number {
  if (retryAfter !== null) return retryAfter * (1 + Math.random() / 4);
  return Math.min(retryDelay * 2 ** (attempt - 1), MAX_DELAY) * (0.75 + Math.random() / 2);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
