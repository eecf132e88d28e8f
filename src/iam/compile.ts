import type { ActionSet, Catalog } from '../catalog/types.js';
import { addAll, subtract } from '../catalog/action-set.js';
import { regionsOf } from './regions.js';
import { expandPattern, expandPatterns, namesNothing } from './patterns.js';
import type { PolicyDocument, Statement } from './types.js';

/**
 * Combined effect of statements, over the catalog. The sets are shared between layers: do not change them. A
 * statement is unconditional without Condition, and unlimited on `*`.
 */
export interface Layer {
  readonly allow: ActionSet;
  /** Allowed by a pattern with the service name: `s3:*`, but not `*` or NotAction. */
  readonly named: ActionSet;
  /** Allowed by an unconditional statement; by an unlimited one; by one that is both. */
  readonly unconditional: ActionSet;
  readonly unlimited: ActionSet;
  readonly free: ActionSet;
  /** Denied by a statement that is both unconditional and unlimited. */
  readonly deny: ActionSet;
  /** Denied by a statement with a Condition; by a statement on some resources. */
  readonly denyConditional: ActionSet;
  readonly denyLimited: ActionSet;
}

/** A statement over the catalog. */
export interface CompiledStatement {
  /** Position in its document, from 1. */
  readonly position: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: ActionSet;
  /** Allowed by a pattern with the service name. */
  readonly named: ActionSet;
  readonly conditional: boolean;
  readonly resourceLimited: boolean;
  /** The only Regions in which an Allow applies, or in which a Deny does not apply; null if not known. */
  readonly onlyIn: readonly string[] | null;
}

export interface CompiledDocument {
  readonly statements: readonly CompiledStatement[];
  readonly layer: Layer;
  /** Patterns of Allow statements that match no known action, as written. */
  readonly unknownPatterns: readonly string[];
}

const isConditional = (s: Statement): boolean =>
  s.condition !== undefined && Object.keys(s.condition).length > 0;
const isLimited = (s: Statement): boolean => s.resourceKind === 'NotResource' || !s.resources.includes('*');

/** Applies to no resource: `NotResource: *`, or an empty list. */
const isVoid = (s: Statement): boolean =>
  s.resourceKind === 'NotResource' ? s.resources.includes('*') : s.resources.length === 0;

/** Catalog actions to which a statement applies, NotAction included. The set may be shared: do not change it. */
export function statementActions(catalog: Catalog, s: Statement): ActionSet {
  const named = expandPatterns(catalog, s.actions);
  return s.actionKind === 'Action' ? named : subtract(expandPattern(catalog, '*'), named);
}

const namesService = (pattern: string): boolean => /^[^*?:]+:/.test(pattern);

function namedActions(catalog: Catalog, s: Statement): ActionSet {
  return expandPatterns(catalog, s.actionKind === 'Action' ? s.actions.filter(namesService) : []);
}

/** @param none the empty set, shared by all documents */
export function compile(catalog: Catalog, document: PolicyDocument, none: ActionSet): CompiledDocument {
  const statements: CompiledStatement[] = [];
  const unknownPatterns: string[] = [];
  document.statements.forEach((s, i) => {
    if (isVoid(s)) return;
    statements.push({
      position: i + 1,
      sid: s.sid ?? null,
      effect: s.effect,
      actions: statementActions(catalog, s),
      named: namedActions(catalog, s),
      conditional: isConditional(s),
      resourceLimited: isLimited(s),
      onlyIn: regionsOf(s),
    });
    if (s.effect === 'Allow' && s.actionKind === 'Action') {
      unknownPatterns.push(...s.actions.filter((pattern) => namesNothing(catalog, pattern)));
    }
  });
  return {
    statements,
    layer: mergeLayers(
      none,
      statements.map((s) => layerOf(none, s)),
    ),
    unknownPatterns,
  };
}

function layerOf(none: ActionSet, s: CompiledStatement): Layer {
  const where = (applies: boolean): ActionSet => (applies ? s.actions : none);
  const allow = s.effect === 'Allow';
  return {
    allow: where(allow),
    named: allow ? s.named : none,
    unconditional: where(allow && !s.conditional),
    unlimited: where(allow && !s.resourceLimited),
    free: where(allow && !s.conditional && !s.resourceLimited),
    deny: where(!allow && !s.conditional && !s.resourceLimited),
    denyConditional: where(!allow && s.conditional),
    denyLimited: where(!allow && s.resourceLimited),
  };
}

/** Combines the statements of all layers. @param none the empty set */
export function mergeLayers(none: ActionSet, layers: readonly Layer[]): Layer {
  const made: { readonly parts: readonly ActionSet[]; readonly set: ActionSet }[] = [];
  const merge = (pick: (layer: Layer) => ActionSet): ActionSet => {
    const parts = layers.map(pick);
    // Without any Condition, the unconditional set has the same parts as the allowed set, and so on: reuse it.
    const same = made.find((other) => other.parts.every((part, i) => part === parts[i]));
    if (same !== undefined) return same.set;
    const set = unionOf(none, parts);
    made.push({ parts, set });
    return set;
  };
  return {
    allow: merge((layer) => layer.allow),
    named: merge((layer) => layer.named),
    unconditional: merge((layer) => layer.unconditional),
    unlimited: merge((layer) => layer.unlimited),
    free: merge((layer) => layer.free),
    deny: merge((layer) => layer.deny),
    denyConditional: merge((layer) => layer.denyConditional),
    denyLimited: merge((layer) => layer.denyLimited),
  };
}

/**
 * How the statements of a layer limit the allowed actions: by Condition, by resource. If every statement without
 * Condition is on some resources only, the action counts as limited by resource, even if another statement is on
 * `*` under a Condition.
 */
export function limitsOf(
  none: ActionSet,
  layer: Layer,
): { readonly conditional: ActionSet; readonly resourceLimited: ActionSet } {
  const { allow, unconditional, unlimited, free } = layer;
  return {
    conditional: unionOf(none, [minus(none, allow, unconditional), layer.denyConditional]),
    resourceLimited: unionOf(none, [
      minus(none, allow, unlimited),
      minus(none, unconditional, free),
      layer.denyLimited,
    ]),
  };
}

// Most principals have few policies, and most policies one type of statement: the next two functions then copy
// nothing. Copies would be most of the time and memory for many principals.

/** Union; returns one of the sets itself if the others are `none`. */
export function unionOf(none: ActionSet, sets: readonly ActionSet[]): ActionSet {
  const distinct = [...new Set(sets)].filter((set) => set !== none);
  const [first, second] = distinct;
  if (first === undefined) return none;
  if (second === undefined) return first;
  return distinct.reduce((sum, set) => addAll(sum, set), none.slice());
}

/** a \ b; returns `none` or a itself if possible. */
export function minus(none: ActionSet, a: ActionSet, b: ActionSet): ActionSet {
  if (a === b || a === none) return none;
  return b === none ? a : subtract(a, b);
}
