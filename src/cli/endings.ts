import { constants } from 'node:os';
import { describeError } from '../base/describe-error.js';
import { ExpectedError } from '../base/expected-error.js';
import { Interruption } from '../interruption.js';
import { ENDINGS, INTERRUPTED } from '../wording/cli-output.js';
import { printError, StdoutError } from './output.js';

export const EXIT_ERROR = 2;

const MAX_CAUSES = 4;

let handleFault: ((fault: unknown) => void) | undefined;

/** @param handle called for an uncaught exception; if undefined, the exception ends the process */
export function setFaultHandler(handle: ((fault: unknown) => void) | undefined): void {
  handleFault = handle;
}

/**
 * Replaces Node's handling of uncaught exceptions and rejections, because its exit code 1 means findings here, and
 * its printing of warnings, because warnings can quote any value.
 */
export function replaceNodeDefaults(): void {
  process.on('uncaughtException', (fault) => {
    if (handleFault === undefined) endWith(fault);
    else handleFault(fault);
  });
  // There is no listener with --no-warnings.
  if (process.listenerCount('warning') === 0) return;
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    printError([`${name}: ${message}`]);
  });
}

/** Prints why the process ends, and ends it. After a signal, the exit code is the one that a shell reports. */
export function endWith(error: unknown): never {
  if (error instanceof Interruption) {
    printError([INTERRUPTED.ended(error.outcome)]);
    process.exit(128 + constants.signals[error.signal]);
  }
  printError(formatError(error));
  process.exit(EXIT_ERROR);
}

/** @returns lines: for an error that the user can fix, its message; for any other error, its stack and causes */
function formatError(error: unknown): string[] {
  const causes = listCauses(error);
  if (causes.some(isDescriptorLimit)) {
    return [`error: ${describeError(error)}`, ENDINGS.fileLimit];
  }
  if (error instanceof ExpectedError)
    return error.lines.map((line, i) => (i === 0 ? `error: ${line}` : line));
  if (error instanceof StdoutError) return [`error: ${error.message}`];
  const [first = [], ...more] = causes.map(describeStack);
  return [...first, ...more.flatMap(([head = '', ...frames]) => [`caused by ${head}`, ...frames])];
}

/** The error, its cause, the cause of that, and so on. */
function listCauses(error: unknown): unknown[] {
  const causes = [error];
  for (let last = error; last instanceof Error && last.cause !== undefined && causes.length < MAX_CAUSES;) {
    last = last.cause;
    causes.push(last);
  }
  return causes;
}

/** A thread reports its error as a text without a code. */
const isDescriptorLimit = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'EMFILE') || /\bEMFILE\b/.test(error.message));

/** The message is one line, even if it contains line breaks. */
function describeStack(error: unknown): string[] {
  if (!(error instanceof Error)) return [`error: ${String(error)}`];
  const { name, message, stack = '' } = error;
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  const frames = stack.slice(Math.max(0, stack.indexOf(message)) + message.length).split('\n');
  return [`${name}: ${message}${code}`, ...frames.filter((frame) => frame.startsWith('    at '))];
}
