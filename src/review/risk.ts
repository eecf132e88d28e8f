import { at } from '../base/checked.js';
import { compareText } from '../base/compare.js';
import { has } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import { RISK_TAGS, RISKS } from '../model/risk-table.js';
import type { Risk, RiskTag } from './types.js';

/** Actions of one principal: `used`, `unused` and `unknown` are disjoint and add up to `granted`. */
export interface RiskInput {
  readonly granted: ActionSet;
  readonly used: ActionSet;
  readonly unused: ActionSet;
  readonly unknown: ActionSet;
  readonly conditional: ActionSet;
  readonly resourceLimited: ActionSet;
}

interface Pattern {
  readonly tag: RiskTag;
  readonly method: string | null;
  readonly actions: readonly number[];
}

const STATUS_ORDER = ['unused', 'unknown', 'used'] as const;

/**
 * Risks of the granted actions: most dangerous tags first, unused risks first within a tag. A method is unused if
 * one action that it needs is unused: without that action it does not work. Another tag is unused if all its
 * granted actions are; unknown actions, and actions tried without success, prove nothing.
 */
export function risksOf(catalog: Catalog, sets: RiskInput): Risk[] {
  const found: Risk[] = [];
  for (const { tag, method, actions } of patternsOf(catalog)) {
    const granted = actions.filter((action) => has(sets.granted, action));
    if (granted.length === 0 || (method !== null && granted.length < actions.length)) continue;
    const limits = granted.map(
      (action) => has(sets.conditional, action) || has(sets.resourceLimited, action),
    );
    const isUnused = (action: number): boolean => has(sets.unused, action);
    found.push({
      tag,
      method,
      actions: granted
        .map((action) => ({ action: at(catalog.actions, action), status: statusOf(sets, action) }))
        .sort(
          (a, b) =>
            STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) ||
            compareText(a.action, b.action),
        ),
      unused: method === null ? granted.every(isUnused) : granted.some(isUnused),
      limited: method === null ? limits.every(Boolean) : limits.some(Boolean),
    });
  }
  return found.sort(
    (a, b) => RISK_TAGS.indexOf(a.tag) - RISK_TAGS.indexOf(b.tag) || Number(b.unused) - Number(a.unused),
  );
}

function statusOf(sets: RiskInput, action: number): 'used' | 'unused' | 'unknown' {
  if (has(sets.used, action)) return 'used';
  return has(sets.unused, action) ? 'unused' : 'unknown';
}

// The same for every principal: names are looked up once per catalog.
const patternsByCatalog = new WeakMap<Catalog, readonly Pattern[]>();

function patternsOf(catalog: Catalog): readonly Pattern[] {
  const known = patternsByCatalog.get(catalog);
  if (known !== undefined) return known;
  const indexes = (names: readonly string[]): number[] =>
    names.map((name) => catalog.indexOf(name)).filter((index) => index !== undefined);
  const patterns = RISK_TAGS.flatMap((tag): Pattern[] => {
    const risk = RISKS[tag];
    if ('actions' in risk) return [{ tag, method: null, actions: indexes(risk.actions) }];
    return (
      risk.methods
        .map(({ name, actions }) => ({
          tag,
          method: name,
          actions: indexes(actions),
          needed: actions.length,
        }))
        // A method with an action that the catalog lacks would seem to need less: omitted.
        .filter(({ actions, needed }) => actions.length === needed)
    );
  });
  patternsByCatalog.set(catalog, patterns);
  return patterns;
}
