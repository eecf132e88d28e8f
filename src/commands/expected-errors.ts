import { UserError } from '../config/types.js';
import { IamFileError } from '../iam/errors.js';
import { OutputError } from '../report/staging/errors.js';
import { TrailError } from '../trail/errors.js';

/** Errors whose message says all the user needs: printed in one line, without a stack trace. */
export function isExpected(error: unknown): error is Error {
  return (
    error instanceof UserError ||
    error instanceof IamFileError ||
    error instanceof OutputError ||
    error instanceof TrailError
  );
}
