/** A signal ended the run early. */
export class Interruption extends Error {
  override name = 'Interruption';

  /** @param outcome what the run leaves behind, as a sentence for the user; empty if nothing */
  constructor(
    readonly signal: NodeJS.Signals,
    readonly outcome = '',
  ) {
    super(`ended by ${signal}`);
  }
}

/**
 * Settles like the work, or rejects with the reason of the signal if that is aborted first. The work continues, and
 * its result is ignored.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
