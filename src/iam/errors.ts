import { ExpectedError } from '../base/expected-error.js';

/** The file is not valid authorization details; the message says what it is and how to make it. */
export class IamFileError extends ExpectedError {
  override name = 'IamFileError';
}
