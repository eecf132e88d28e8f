import type { z } from 'zod';

const MOST = 20;
/** Keys can have any length. */
const LONGEST_KEY = 200;

/** Problems of a value, each with the path of its key: `outputs[3].bytes is missing`. */
export function problemsOf({ issues }: z.ZodError): string[] {
  const problems = issues.slice(0, MOST).map(({ path, message }) => {
    const key = keyOf(path);
    return message.endsWith('received undefined')
      ? `${key} is missing`
      : `${key}: ${message.replace(/^Invalid \w+: /, '')}`;
  });
  return issues.length > MOST ? [...problems, `${issues.length - MOST} more problems`] : problems;
}

function keyOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the whole file';
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
    .slice(0, LONGEST_KEY);
}
