import { describeFailure, type Failure } from './failures.js';

export interface RetryPolicy {
  /** Tries at most. */
  readonly attempts: number;
  /** Milliseconds before the first retry; doubled each time, up to MAX_DELAY. */
  readonly retryDelay: number;
  /** Milliseconds after the first failure in which it is tried again; no limit when absent. */
  readonly patience?: number;
  /**
   * Told of each failure; makes the next try different where it can.
   * @returns what to do: again at once, again after a pause, or give up; `pause` for what may pass is usual
   */
  readonly onFailure?: (failure: Failure, error: unknown) => Next | Promise<Next>;
}
export type Next = 'again' | 'pause' | 'give-up';

const MAX_DELAY = 15_000;

/**
 * Repeats what fails for a while: with growing pauses, or after as long as the server asks for.
 * @throws the last error, as it came
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

/** Some more or less, so that queries that failed together do not come back together. Never before the server wants it. */
function pauseAfter({ retryAfter }: Failure, attempt: number, retryDelay: number): number {
  if (retryAfter !== null) return retryAfter * (1 + Math.random() / 4);
  return Math.min(retryDelay * 2 ** (attempt - 1), MAX_DELAY) * (0.75 + Math.random() / 2);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
