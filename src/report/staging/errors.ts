import { describeError, errorCode } from '../../base/describe-error.js';
import { ExpectedError } from '../../base/expected-error.js';

/** The report cannot be put where it was asked for. Printed without a stack trace. */
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

/** The disk's or the file system's fault, not the program's. */
export const isDiskError = (error: unknown): boolean => REASONS.has(errorCode(error));

/** In plain words, for people who have to do something about it. */
export function describeDiskError(error: unknown): string {
  return REASONS.get(errorCode(error)) ?? describeError(error);
}

export function toOutputError(what: string, error: unknown): OutputError {
  if (error instanceof OutputError) return error;
  return new OutputError(`${what}: ${describeDiskError(error)}. An earlier report is untouched.`, {
    cause: error,
  });
}
