import { at } from '../../base/checked.js';
import type { Lookup } from './context.js';

export interface Filled {
  readonly text: string;
  /** False if a variable depends on the request: it is replaced by `*`. */
  readonly certain: boolean;
}

/** Stands for a literal `*`, `?` or `$`: no IAM ARN, name, ID or tag can contain one, so it matches nothing. */
const NEVER = '\u0000';

const VARIABLE = /\$\{([^}]*)\}/g;

export const hasVariable = (text: string): boolean => text.includes('${');

/**
 * Replaces policy variables; undefined if a variable has no value in this request, so that nothing can match (IAM
 * policy elements: Variables and tags; also `${key, 'default'}` and `${*}`).
 */
export function fillVariables(text: string, lookup: Lookup): Filled | undefined {
  const values: Filled[] = [];
  for (const [, inner = ''] of text.matchAll(VARIABLE)) {
    const value = valueOf(inner, lookup);
    if (value === undefined) return undefined;
    values.push(value);
  }
  let next = 0;
  return {
    text: text.replace(VARIABLE, () => at(values, next++).text),
    certain: values.every(({ certain }) => certain),
  };
}

function valueOf(inner: string, lookup: Lookup): Filled | undefined {
  if (/^[*?$]$/.test(inner)) return { text: NEVER, certain: true };
  const [, key = '', fallback] = /^\s*([^,]*?)\s*(?:,\s*'(.*)'\s*)?$/s.exec(inner) ?? [];
  const known = lookup(key);
  switch (known.kind) {
    case 'value':
      return { text: known.value, certain: true };
    case 'starts':
      return { text: `${known.value}*`, certain: false };
    case 'unknown':
      return { text: '*', certain: false };
    case 'absent':
      return fallback === undefined ? undefined : { text: fallback, certain: true };
  }
}
