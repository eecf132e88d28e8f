import { IamFileError } from '../../src/iam/faults.js';
import { describeIamFileError } from '../../src/wording/iam-files.js';

/** What the user reads about a file that is refused; '' if it is not. */
export async function refusal(load: () => unknown): Promise<string> {
  try {
    await load();
    return '';
  } catch (error) {
    if (error instanceof IamFileError) return describeIamFileError(error);
    throw error;
  }
}
