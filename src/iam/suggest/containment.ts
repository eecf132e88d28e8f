import { literalHead } from '../patterns.js';

/**
 * IAM patterns: `*` is any text, `?` is one character (IAM JSON policy elements: Resource). Both tests below are
 * safe approximations: they may return false although true could be proven, never the opposite.
 */

// `*?` and `?*` are equivalent; use one spelling.
const canonical = (pattern: string): string =>
  pattern.replace(/[*?]*\*[*?]*/g, (run) => `${run.replaceAll('*', '')}*`);

/**
 * True only if `outer` matches everything that `inner` matches. `outer` is matched against the text of `inner`:
 * only `*` covers its `*`, and only `*` or `?` cover its `?`.
 */
export function contains(outer: string, inner: string): boolean {
  const pattern = canonical(outer);
  const text = canonical(inner);
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const c = pattern[p];
    if (c === '*') {
      star = p++;
      resume = t;
    } else if (c !== undefined && text[t] !== '*' && (c === '?' || c === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

const agree = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
const reversed = (text: string): string => text.split('').reverse().join('');
// A policy variable can have any value.
const opened = (pattern: string): string => pattern.replace(/\$\{[^}]*(\}|$)/g, '*');

/** True only if nothing matches both patterns. `${…}` can have any value. */
export function disjoint(a: string, b: string): boolean {
  const [one, other] = [opened(a), opened(b)];
  if (!/[*?]/.test(one)) return !contains(other, one);
  if (!/[*?]/.test(other)) return !contains(one, other);
  return (
    !agree(literalHead(one), literalHead(other)) ||
    !agree(literalHead(reversed(one)), literalHead(reversed(other)))
  );
}
