import type { ActionSet, Catalog } from '../catalog/types.js';
import { andBits, andNotBits, emptyBits, hasBit, isEmpty, orBits, orInto } from './bits.js';
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
  return s.actionKind === 'Action' ? named : andNotBits(expandPattern(catalog, '*'), named);
}

function expand(catalog: Catalog, documents: readonly PolicyDocument[]): Expanded {
  const empty = (): ActionSet => emptyBits(catalog.actions.length);
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
      orInto(sets.allow, actions);
      if (!conditional) orInto(sets.unconditional, actions);
      if (!limited) orInto(sets.unlimited, actions);
      if (s.actionKind === 'Action') {
        unknown.push(...s.actions.filter((p) => isEmpty(expandPattern(catalog, p))));
        admin ||= !conditional && !limited && s.actions.some((p) => p === '*' || p === '*:*');
      }
    } else if (!conditional && !limited) orInto(sets.deny, actions);
    else {
      if (conditional) orInto(sets.denyConditional, actions);
      if (limited) orInto(sets.denyLimited, actions);
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
    const empty = (): ActionSet => emptyBits(catalog.actions.length);
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
      orInto(allow, is.allow);
      orInto(unconditional, is.unconditional);
      orInto(unlimited, is.unlimited);
      orInto(deny, is.deny);
      orInto(conditional, is.denyConditional);
      orInto(resourceLimited, is.denyLimited);
    }
    conditional = orBits(conditional, andNotBits(allow, unconditional));
    resourceLimited = orBits(resourceLimited, andNotBits(allow, unlimited));
    let granted = andNotBits(allow, deny);
    const boundary =
      principal.boundary.kind === 'policy' ? expandOne(principal.boundary.policy.document) : undefined;
    for (const limit of [boundary, scp]) {
      if (limit === undefined) continue;
      granted = andNotBits(andBits(granted, limit.allow), limit.deny);
      orInto(conditional, orBits(limit.denyConditional, andNotBits(limit.allow, limit.unconditional)));
      orInto(resourceLimited, orBits(limit.denyLimited, andNotBits(limit.allow, limit.unlimited)));
    }
    conditional = andBits(conditional, granted);
    resourceLimited = andBits(resourceLimited, granted);
    const everything =
      principal.boundary.kind === 'none' &&
      parts.some(({ is }) => is.admin) &&
      isEmpty(andNotBits(expandPattern(catalog, '*'), granted)) &&
      isEmpty(conditional) &&
      isEmpty(resourceLimited);
    return {
      granted,
      conditional,
      resourceLimited,
      grantedBy: (action) =>
        hasBit(granted, action)
          ? [...new Set(parts.filter(({ is }) => hasBit(is.allow, action)).map(({ name }) => name))].sort(
              byCodePoint,
            )
          : [],
      unknownPatterns: [...new Set(parts.flatMap(({ is }) => is.unknown))].sort(byCodePoint),
      admin: everything,
    };
  }
  return { grants };
}
