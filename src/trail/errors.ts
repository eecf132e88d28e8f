import { ExpectedError } from '../base/expected-error.js';

/**
 * The logs cannot be read at all. The message names host, index or folder and the next step. Printed without a
 * stack trace.
 */
export class TrailError extends ExpectedError {
  override name = 'TrailError';
}
