import { describeError, errorCode } from '../../base/describe-error.js';
import { ExpectedError } from '../../base/expected-error.js';

/** The report cannot be written to its target. Printed without a stack trace. */
export class OutputError extends ExpectedError {
  override name = 'OutputError';
}

const REASONS = new Map<unknown, string>([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'no permission'],
  ['EPERM', 'no permission'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EMFILE', 'too many open files'],
]);

/** A fault of the disk or file system, not of the program. */
export const isDiskError = (error: unknown): boolean => REASONS.has(errorCode(error));

/** Description for the user. */
export function describeDiskError(error: unknown): string {
  return REASONS.get(errorCode(error)) ?? describeError(error);
}

export function toOutputError(what: string, error: unknown): OutputError {
  if (error instanceof OutputError) return error;
  return new OutputError(`${what}: ${describeDiskError(error)}. An earlier report is untouched.`, {
    cause: error,
  });
}
