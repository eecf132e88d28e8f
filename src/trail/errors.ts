import { ExpectedError } from '../base/expected-error.js';

/** The logs cannot be read at all: the message names host, index or folder and what to do. Printed without a stack. */
export class TrailError extends ExpectedError {
  override name = 'TrailError';
}
