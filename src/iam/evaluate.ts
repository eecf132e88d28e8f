import type { ActionSet, Catalog } from '../catalog/types.js';
import { intersect, subtract, emptySet, has, isEmpty, union, addAll } from '../catalog/action-set.js';
import { expandPattern, expandPatterns } from './patterns.js';
import type { Grants, PolicyDocument, Principal, Statement } from './types.js';

export interface Evaluator {
  grants(principal: Principal): Grants;
}

/** What one document says, over the catalog. */
interface Expanded {
  readonly allow: ActionSet;
  /** Allowed by a statement without Condition; without Resource limit; without either. */
  readonly unconditional: ActionSet;
  readonly unlimited: ActionSet;
  readonly deny: ActionSet;
  readonly denyConditional: ActionSet;
  readonly denyLimited: ActionSet;
  readonly unknown: readonly string[];
  readonly admin: boolean;
}

export const isConditional = (s: Statement): boolean =>
  s.condition !== undefined && Object.keys(s.condition).length > 0;
export const isLimited = (s: Statement): boolean =>
  s.resourceKind === 'NotResource' || !s.resources.includes('*');

/** The actions of the catalog a statement is about, NotAction included. The set may be shared: do not change it. */
export function statementActions(catalog: Catalog, s: Statement): ActionSet {
  const named = expandPatterns(catalog, s.actions);
  return s.actionKind === 'Action' ? named : subtract(expandPattern(catalog, '*'), named);
}

function expand(catalog: Catalog, documents: readonly PolicyDocument[]): Expanded {
  const empty = (): ActionSet => emptySet(catalog.actions.length);
  const sets = {
    allow: empty(),
    unconditional: empty(),
    unlimited: empty(),
    deny: empty(),
    denyConditional: empty(),
    denyLimited: empty(),
  };
  const unknown: string[] = [];
  let admin = false;
  for (const s of documents.flatMap((d) => d.statements)) {
    const actions = statementActions(catalog, s);
    const conditional = isConditional(s);
    const limited = isLimited(s);
    if (s.effect === 'Allow') {
      addAll(sets.allow, actions);
      if (!conditional) addAll(sets.unconditional, actions);
      if (!limited) addAll(sets.unlimited, actions);
      if (s.actionKind === 'Action') {
        unknown.push(...s.actions.filter((p) => isEmpty(expandPattern(catalog, p))));
        admin ||= !conditional && !limited && s.actions.some((p) => p === '*' || p === '*:*');
      }
    } else if (!conditional && !limited) addAll(sets.deny, actions);
    else {
      if (conditional) addAll(sets.denyConditional, actions);
      if (limited) addAll(sets.denyLimited, actions);
    }
  }
  return { ...sets, unknown, admin };
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Evaluates identity policies, permission boundary and SCPs (Policy evaluation logic, IAM User Guide).
 * Not read: resource policies, session policies, resource control policies. A Deny removes an action only when it
 * is unconditional and on `*`; any other marks the action limited. A missing boundary or policy grants and limits
 * nothing here: the caller marks such principals incomplete (`boundary.kind`, `missingPolicies`).
 * Each document is expanded once, however many principals carry it.
 */
export function createEvaluator(
  catalog: Catalog,
  options: { readonly scps?: readonly PolicyDocument[] } = {},
): Evaluator {
  const cache = new WeakMap<PolicyDocument, Expanded>();
  const expandOne = (document: PolicyDocument): Expanded => {
    let found = cache.get(document);
    if (found === undefined) cache.set(document, (found = expand(catalog, [document])));
    return found;
  };
  const scp = options.scps === undefined ? undefined : expand(catalog, options.scps);

  function grants(principal: Principal): Grants {
    const empty = (): ActionSet => emptySet(catalog.actions.length);
    const parts = principal.policies.map((attached) => ({
      name: attached.group === null ? attached.policy.name : `${attached.group}/${attached.policy.name}`,
      is: expandOne(attached.policy.document),
    }));
    const allow = empty();
    const unconditional = empty();
    const unlimited = empty();
    const deny = empty();
    let conditional = empty();
    let resourceLimited = empty();
    for (const { is } of parts) {
      addAll(allow, is.allow);
      addAll(unconditional, is.unconditional);
      addAll(unlimited, is.unlimited);
      addAll(deny, is.deny);
      addAll(conditional, is.denyConditional);
      addAll(resourceLimited, is.denyLimited);
    }
    conditional = union(conditional, subtract(allow, unconditional));
    resourceLimited = union(resourceLimited, subtract(allow, unlimited));
    let granted = subtract(allow, deny);
    const boundary =
      principal.boundary.kind === 'policy' ? expandOne(principal.boundary.policy.document) : undefined;
    for (const limit of [boundary, scp]) {
      if (limit === undefined) continue;
      granted = subtract(intersect(granted, limit.allow), limit.deny);
      addAll(conditional, union(limit.denyConditional, subtract(limit.allow, limit.unconditional)));
      addAll(resourceLimited, union(limit.denyLimited, subtract(limit.allow, limit.unlimited)));
    }
    conditional = intersect(conditional, granted);
    resourceLimited = intersect(resourceLimited, granted);
    const everything =
      principal.boundary.kind === 'none' &&
      parts.some(({ is }) => is.admin) &&
      isEmpty(subtract(expandPattern(catalog, '*'), granted)) &&
      isEmpty(conditional) &&
      isEmpty(resourceLimited);
    return {
      granted,
      conditional,
      resourceLimited,
      grantedBy: (action) =>
        has(granted, action)
          ? [...new Set(parts.filter(({ is }) => has(is.allow, action)).map(({ name }) => name))].sort(
              byCodePoint,
            )
          : [],
      explain: (action) => ({
        verdict: has(granted, action) ? 'granted' : has(allow, action) ? 'denied' : 'not-allowed',
        allowedBy: [],
        deniedBy: [],
      }),
      removed: { denied: subtract(allow, granted), outsideScp: empty(), outsideBoundary: empty() },
      unknownPatterns: [...new Set(parts.flatMap(({ is }) => is.unknown))].sort(byCodePoint),
      admin: everything,
    };
  }
  return { grants };
}
