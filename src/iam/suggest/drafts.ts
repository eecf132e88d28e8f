import { at } from '../../base/checked.js';
import { compareBy } from '../../base/compare.js';
import {
  add,
  addAll,
  emptySet,
  intersect,
  isEmpty,
  isSubset,
  members,
  subtract,
} from '../../catalog/action-set.js';
import type { ActionSet, Catalog } from '../../catalog/types.js';
import { statementActions } from '../evaluate.js';
import { expandPattern, expandPatterns } from '../patterns.js';
import type { Condition, PolicyDocument, Principal, Statement } from '../types.js';
import { contains, disjoint } from './containment.js';

/** A statement of a suggestion: a current statement with these actions. Lists are sorted. */
export interface Draft {
  readonly version: PolicyDocument['version'];
  readonly statement: Statement;
  /** Content of Action, or of NotAction for a Deny with NotAction. */
  readonly actions: readonly string[];
}

/** Retained action of a statement -> narrower statements for it; none if the action does not need the statement. */
export type Narrower = (statement: Statement) => ReadonlyMap<number, readonly Statement[]>;

export interface RetainedActions {
  readonly actions: ActionSet;
  /** Patterns without known action. */
  readonly unknownPatterns: boolean;
  /** IAM prefixes of services of which actions without catalog entry are retained too. */
  readonly services: readonly string[];
}

/** Allow statements with the same Resource and Condition, while merging. */
interface Merged {
  readonly version: PolicyDocument['version'];
  readonly statement: Statement;
  readonly actions: ActionSet;
  /** As written: the same pattern is never wider than today. */
  readonly patterns: string[];
}

const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();

/** Sorts what does not depend on order: resources, keys and values of conditions. */
function ordered(s: Statement): Statement {
  const entries = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(record).sort(compareBy(([key]) => key));
  const keys = (record: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> =>
    Object.fromEntries(entries(record).map(([key, values]) => [key, sorted(values)]));
  const condition = s.condition && entries(s.condition).map(([operator, record]) => [operator, keys(record)]);
  return {
    ...s,
    resources: sorted(s.resources),
    ...(condition === undefined ? {} : { condition: Object.fromEntries(condition) as Condition }),
  };
}

const placeKey = (version: string, s: Statement): string =>
  JSON.stringify([version, s.effect, s.resourceKind, s.resources, s.condition ?? null]);

function denial(version: Draft['version'], s: Statement): [string, Draft] {
  const actions = sorted(s.actions);
  return [
    `${placeKey(version, s)}${JSON.stringify([s.actionKind, actions])}`,
    { version, statement: s, actions },
  ];
}

/**
 * What an Allow statement grants of all actions of a service, as patterns of that service. None if NotAction names
 * actions of it: no pattern has the others.
 */
function servicePatterns({ actionKind, actions }: Statement, service: string): string[] {
  const all = `${service}:*`;
  if (actionKind === 'NotAction')
    return actions.every((pattern) => disjoint(pattern.toLowerCase(), all)) ? [all] : [];
  return actions.flatMap((pattern) => {
    if (contains(pattern.toLowerCase(), all)) return [all];
    const [, prefix = '', name = ''] = /^([^:]*[*?][^:]*):(.*)$/.exec(pattern) ?? [];
    return prefix !== '' && contains(prefix.toLowerCase(), service) ? [`${service}:${name}`] : [];
  });
}

/** Adds the retained actions that one Allow statement grants. */
function addAllowed(into: Merged, s: Statement, keep: RetainedActions, catalog: Catalog): void {
  addAll(into.actions, intersect(statementActions(catalog, s), keep.actions));
  for (const service of keep.services) into.patterns.push(...servicePatterns(s, service));
  if (s.actionKind === 'NotAction') return;
  for (const pattern of s.actions) {
    const set = expandPattern(catalog, pattern);
    const whole = isEmpty(set) ? keep.unknownPatterns : /[*?]/.test(pattern) && isSubset(set, keep.actions);
    if (whole) into.patterns.push(pattern);
  }
}

/** Patterns that no other pattern covers (ignoring case), then actions that no pattern covers. */
function actionList({ actions, patterns }: Merged, catalog: Catalog): string[] {
  const spellings = new Map<string, string>();
  for (const pattern of sorted(patterns)) {
    if (!spellings.has(pattern.toLowerCase())) spellings.set(pattern.toLowerCase(), pattern);
  }
  const wide = [...spellings.keys()].filter((lower) => lower.includes('*'));
  const left = new Map(spellings);
  for (const lower of spellings.keys()) {
    const covered = wide.some((other) => other !== lower && left.has(other) && contains(other, lower));
    if (covered) left.delete(lower);
  }
  const kept = [...left.values()];
  const names = members(subtract(actions, expandPatterns(catalog, kept)));
  return sorted([...kept, ...Array.from(names, (action) => at(catalog.actions, action))]);
}

/**
 * Statements of all policies of a principal, reduced to the retained actions. Allow statements that differ only in
 * actions are merged. The result does not depend on the order of policies and statements.
 */
export function draftStatements(
  principal: Principal,
  keep: RetainedActions,
  catalog: Catalog,
  narrow?: Narrower,
): readonly Draft[] {
  const denials = new Map<string, Draft>();
  const merged = new Map<string, Merged>();
  const at = (version: Draft['version'], statement: Statement): Merged => {
    const key = placeKey(version, statement);
    let found = merged.get(key);
    if (found === undefined) {
      found = { version, statement, actions: emptySet(catalog.actions.length), patterns: [] };
      merged.set(key, found);
    }
    return found;
  };
  for (const { version, statements } of principal.policies.map(({ policy }) => policy.document)) {
    for (const original of statements) {
      const s = ordered(original);
      if (s.effect === 'Deny') {
        // An empty NotAction denies everything.
        if (s.actions.length > 0 || s.actionKind === 'NotAction') denials.set(...denial(version, s));
        continue;
      }
      const narrowed = emptySet(catalog.actions.length);
      for (const [action, narrower] of narrow?.(s) ?? []) {
        add(narrowed, action);
        for (const one of narrower) add(at(version, ordered(one)).actions, action);
      }
      addAllowed(at(version, s), s, { ...keep, actions: subtract(keep.actions, narrowed) }, catalog);
    }
  }
  const allows = [...merged].map(([key, entry]): [string, Draft] => [
    key,
    { version: entry.version, statement: entry.statement, actions: actionList(entry, catalog) },
  ]);
  return [...allows.filter(([, { actions }]) => actions.length > 0), ...denials]
    .sort(compareBy(([key]) => key))
    .map(([, draft]) => draft);
}
