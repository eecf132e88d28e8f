import type { z } from 'zod';
import { VERIFY_DETAILS } from '../../wording/verify.js';

const MOST = 20;
/** Keys can have any length. */
const LONGEST_KEY = 200;

/** Problems of a value, each with the path of its key: `outputs[3].bytes is missing`. */
export function problemsOf({ issues }: z.ZodError): string[] {
  const problems = issues.slice(0, MOST).map(({ path, message }) => {
    const key = keyOf(path);
    return message.endsWith('received undefined')
      ? VERIFY_DETAILS.missingKey(key)
      : VERIFY_DETAILS.badKey(key, message.replace(/^Invalid \w+: /, ''));
  });
  return issues.length > MOST ? [...problems, VERIFY_DETAILS.moreProblems(issues.length - MOST)] : problems;
}

function keyOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return VERIFY_DETAILS.wholeFile;
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
    .slice(0, LONGEST_KEY);
}
