import { Interruption } from '../interruption.js';
import { INTERRUPTED } from '../wording/cli-output.js';
import { setFaultHandler } from './endings.js';
import { startProgress } from './progress.js';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
/** Milliseconds to clean up after an internal fault, which may leave a promise of the work pending. */
const GRACE = 10_000;

export interface Supervision {
  /** Aborted by the first signal or by an internal fault. The work then removes partial results and ends. */
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

export interface SupervisedResult<T> {
  readonly result: T;
  /** A signal that came too late to stop the work. */
  readonly interruption: Interruption | undefined;
}

/**
 * Runs the work of a command, shows its progress, and ends it on a signal. The listeners are removed with the first
 * signal and at the end of the work. A later signal ends the process at once, even if the process does not respond.
 * @throws Interruption after a signal, the internal fault, or the work's own error
 */
export async function supervise<T>(
  work: (supervision: Supervision) => Promise<T>,
): Promise<SupervisedResult<T>> {
  const progress = startProgress();
  const abort = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    stopListening();
    progress.show(INTERRUPTED.stopping);
    abort.abort(new Interruption(signal));
  };
  const stopListening = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  let timer: NodeJS.Timeout | undefined;
  const fault = new Promise<never>((_, reject) => {
    setFaultHandler((error) => {
      abort.abort(error);
      timer ??= setTimeout(reject, GRACE, error);
    });
  });
  const onProgress = (message: string): void => {
    // Abandoned work can still report progress.
    if (!abort.signal.aborted) progress.show(message);
  };
  try {
    const result = await Promise.race([work({ signal: abort.signal, onProgress }), fault]);
    const { aborted, reason } = abort.signal as { readonly aborted: boolean; readonly reason: unknown };
    if (aborted && !(reason instanceof Interruption)) throw reason;
    return { result, interruption: reason instanceof Interruption ? reason : undefined };
  } finally {
    clearTimeout(timer);
    setFaultHandler(undefined);
    stopListening();
    progress.stop();
  }
}
