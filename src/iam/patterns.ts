import { at } from '../base/checked.js';
import type { ActionSet, Catalog, ServiceRange } from '../catalog/types.js';
import { emptySet, addAll, add, isEmpty } from '../catalog/action-set.js';

/**
 * Matches a pattern with `*` (any text) and `?` (one character), case-sensitively. Time is at most pattern × text:
 * only the last `*` is backtracked, so `*****…` is harmless.
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

/** The text of a pattern before its first wildcard. */
export function literalHead(pattern: string): string {
  const wildcard = pattern.search(/[*?]/);
  return wildcard === -1 ? pattern : pattern.slice(0, wildcard);
}

/** Action patterns ignore case (IAM JSON policy elements: Action). */
export function matchesAction(pattern: string, action: string): boolean {
  return pattern === '*' || matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}

interface PatternCache {
  readonly lower: readonly string[];
  readonly services: ReadonlyMap<string, ServiceRange>;
  readonly none: ActionSet;
  readonly sets: Map<string, ActionSet>;
}
const caches = new WeakMap<Catalog, PatternCache>();

function cacheOf(catalog: Catalog): PatternCache {
  let cache = caches.get(catalog);
  if (cache === undefined) {
    cache = {
      lower: catalog.actions.map((a) => a.toLowerCase()),
      services: new Map(catalog.services.map((s) => [s.prefix.toLowerCase(), s])),
      none: emptySet(catalog.actions.length),
      sets: new Map(),
    };
    caches.set(catalog, cache);
  }
  return cache;
}

const isPattern = (text: string): boolean => /[*?]/.test(text);

/** Range of the actions of the pattern's service; all actions if the service is itself a pattern. */
function rangeOf({ services, lower }: PatternCache, pattern: string): { from: number; to: number } {
  const prefix = pattern.slice(0, Math.max(0, pattern.indexOf(':')));
  const everywhere = prefix === '' || isPattern(prefix);
  return services.get(prefix) ?? { from: 0, to: everywhere ? lower.length : 0 };
}

/** Catalog actions that match a pattern. The set is shared: do not change it. */
export function expandPattern(catalog: Catalog, pattern: string): ActionSet {
  const cache = cacheOf(catalog);
  const key = pattern.toLowerCase();
  const known = cache.sets.get(key);
  if (known !== undefined) return known;
  const set = emptySet(catalog.actions.length);
  if (!isPattern(key)) {
    const index = catalog.indexOf(key);
    if (index === undefined) return cache.none;
    add(set, index);
  } else {
    const { from, to } = rangeOf(cache, key);
    for (let i = from; i < to; i++) {
      if (matchesWildcard(key, at(cache.lower, i))) add(set, i);
    }
  }
  cache.sets.set(key, set);
  return set;
}

/** Catalog actions that match any of the patterns. The set may be shared: do not change it. */
export function expandPatterns(catalog: Catalog, patterns: readonly string[]): ActionSet {
  const [only, second] = patterns;
  if (only !== undefined && second === undefined) return expandPattern(catalog, only);
  const set = emptySet(catalog.actions.length);
  for (const pattern of patterns) {
    if (isPattern(pattern)) addAll(set, expandPattern(catalog, pattern));
    else {
      const index = catalog.indexOf(pattern);
      if (index !== undefined) add(set, index);
    }
  }
  return set;
}

/** Whether a pattern matches no catalog action. */
export function namesNothing(catalog: Catalog, pattern: string): boolean {
  return isPattern(pattern)
    ? isEmpty(expandPattern(catalog, pattern))
    : catalog.indexOf(pattern) === undefined;
}
