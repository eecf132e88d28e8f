import { ExpectedError } from '../base/expected-error.js';

/** The authorization-details file is not what it should be; the message says what it is and how to make the right one. */
export class IamFileError extends ExpectedError {
  override name = 'IamFileError';
}
