import { describeError, errorCode } from '../../base/describe-error.js';
import { ExpectedError } from '../../base/expected-error.js';
import { DISK_REASONS, OUTPUT_ERRORS } from '../../wording/commands.js';

/** The report cannot be written to its target. Printed without a stack trace. */
export class OutputError extends ExpectedError {
  override name = 'OutputError';
}

const REASONS = new Map<unknown, string>([
  ['ENOSPC', DISK_REASONS.full],
  ['EDQUOT', DISK_REASONS.quota],
  ['EROFS', DISK_REASONS.readOnly],
  ['EACCES', DISK_REASONS.permission],
  ['EPERM', DISK_REASONS.permission],
  ['ENOTDIR', DISK_REASONS.fileInPath],
  ['EMFILE', DISK_REASONS.openFiles],
]);

/** A fault of the disk or file system, not of the program. */
export const isDiskError = (error: unknown): boolean => REASONS.has(errorCode(error));

/** Description for the user. */
export function describeDiskError(error: unknown): string {
  return REASONS.get(errorCode(error)) ?? describeError(error);
}

export function toOutputError(what: string, error: unknown): OutputError {
  if (error instanceof OutputError) return error;
  return new OutputError(OUTPUT_ERRORS.disk(what, describeDiskError(error)), {
    cause: error,
  });
}
