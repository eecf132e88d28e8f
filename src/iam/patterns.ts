import type { ActionSet, Catalog } from '../catalog/types.js';
import { emptySet, addAll, add } from '../catalog/action-set.js';

/**
 * Does text match a pattern with `*` (any run) and `?` (one character), case-sensitively?
 * Time is at most pattern × text: only the last `*` is ever returned to, so `*****…` cannot blow up.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const c = pattern[p];
    if (c === '*') {
      star = p++;
      resume = t;
    } else if (c !== undefined && (c === '?' || c === text[t])) {
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

/** Action patterns are compared without case (IAM JSON policy elements: Action). */
export function matchesAction(pattern: string, action: string): boolean {
  return pattern === '*' || matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}

interface PatternCache {
  readonly lower: readonly string[];
  readonly sets: Map<string, ActionSet>;
}
const caches = new WeakMap<Catalog, PatternCache>();

/** The actions of the catalog that a pattern names. The set is shared: do not change it. */
export function expandPattern(catalog: Catalog, pattern: string): ActionSet {
  let cache = caches.get(catalog);
  if (cache === undefined) {
    cache = { lower: catalog.actions.map((a) => a.toLowerCase()), sets: new Map() };
    caches.set(catalog, cache);
  }
  const key = pattern.toLowerCase();
  const known = cache.sets.get(key);
  if (known !== undefined) return known;
  const set = emptySet(catalog.actions.length);
  if (!/[*?]/.test(key)) {
    const index = catalog.indexOf(key);
    if (index !== undefined) add(set, index);
  } else {
    const prefix = key.slice(0, Math.max(0, key.indexOf(':')));
    const service = /[*?]/.test(prefix)
      ? undefined
      : catalog.services.find((s) => s.prefix.toLowerCase() === prefix);
    const [from, to] = service === undefined ? [0, cache.lower.length] : [service.from, service.to];
    for (let i = from; i < to; i++) {
      if (matchesWildcard(key, cache.lower[i] ?? '')) add(set, i);
    }
  }
  cache.sets.set(key, set);
  return set;
}

/** The actions that any of the patterns names. */
export function expandPatterns(catalog: Catalog, patterns: readonly string[]): ActionSet {
  const set = emptySet(catalog.actions.length);
  for (const pattern of patterns) addAll(set, expandPattern(catalog, pattern));
  return set;
}
