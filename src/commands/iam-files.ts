import { ExpectedError } from '../base/expected-error.js';
import { IamFileError } from '../iam/faults.js';
import * as iam from '../iam/load.js';
import { describeIamFileError } from '../wording/iam-files.js';

// The files about IAM that the configuration names. A file that cannot be used is an error that the user can fix.

export const loadIamAccount: typeof iam.loadIamAccount = (...input) =>
  described(iam.loadIamAccount(...input));
export const loadScps: typeof iam.loadScps = (...input) => described(iam.loadScps(...input));
export const loadCredentials: typeof iam.loadCredentials = (...input) =>
  described(iam.loadCredentials(...input));

async function described<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (error) {
    if (!(error instanceof IamFileError)) throw error;
    throw new ExpectedError(describeIamFileError(error), { cause: error });
  }
}
