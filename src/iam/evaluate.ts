import type { ActionSet, Catalog } from '../catalog/types.js';
import { emptySet, has, intersect, isEmpty, isSubset, subtract } from '../catalog/action-set.js';
import {
  compile,
  limitsOf,
  mergeLayers,
  minus,
  unionOf,
  type CompiledDocument,
  type Layer,
} from './compile.js';
import { explain, type Source } from './explain.js';
import { createGrantedBy } from './granted-by.js';
import { expandPattern } from './patterns.js';
import { allowedOnlyIn } from './region-limits.js';
import type { ScpLevel } from './scp.js';
import type { Explanation, Grants, PolicyDocument, Principal } from './types.js';

export { statementActions } from './compile.js';

export interface Evaluator {
  /** Recent results are cached: a repeated call for the same principal object is cheap. */
  grants(principal: Principal): Grants;
}

export interface EvaluatorOptions {
  /**
   * SCPs by level of the organization: root, each OU, account. Statements of one level are combined, and every
   * level must allow (AWS Organizations User Guide, SCP evaluation). No levels: no SCPs apply.
   */
  readonly scps?: readonly ScpLevel[];
}

/** Number of cached results. The sets of 100,000 principals would take gigabytes. */
const MAX_CACHED = 4096;

/**
 * Evaluates identity-based policies, permissions boundary and SCPs (Policy evaluation logic, IAM User Guide). Not
 * evaluated: resource-based policies, session policies, resource control policies. A Deny blocks an action only if
 * it is unconditional and on `*`; any other Deny marks the action as limited. A missing boundary or policy grants
 * and limits nothing here: the caller marks such principals as incomplete (`boundary.kind`, `missingPolicies`).
 * SCPs do not affect service-linked roles (Service control policies, AWS Organizations User Guide). Each document
 * is expanded once, for all principals. Result sets are shared: do not change them.
 */
export function createEvaluator(catalog: Catalog, options: EvaluatorOptions = {}): Evaluator {
  const none = emptySet(catalog.actions.length);
  const everything = expandPattern(catalog, '*');
  const compiled = cacheRecent((document: PolicyDocument) => compile(catalog, document, none));
  const scps: Guardrails = {
    sources: (options.scps ?? [])
      .flat()
      .map(({ name, document }) => sourceOf('scp', name, compiled(document))),
    layers: (options.scps ?? []).map((level) =>
      mergeLayers(
        none,
        level.map(({ document }) => compiled(document).layer),
      ),
    ),
  };
  const allowsAll = (of: Pick<Grants, 'granted' | 'conditional' | 'resourceLimited'>): boolean =>
    isSubset(everything, of.granted) && isEmpty(of.conditional) && isEmpty(of.resourceLimited);
  const noScps: Guardrails = { sources: [], layers: [] };

  const grants = cacheRecent((principal: Principal): Grants => {
    const parts = principal.policies.map(({ policy, group }) => ({
      name: group === null ? policy.name : `${group}/${policy.name}`,
      document: compiled(policy.document),
    }));
    const boundary = principal.boundary.kind === 'policy' ? principal.boundary.policy : undefined;
    const limits = boundary === undefined ? undefined : compiled(boundary.document);
    const { sources, layers } = principal.type === 'role' && principal.serviceLinked ? noScps : scps;
    const identity = mergeLayers(
      none,
      parts.map(({ document }) => document.layer),
    );
    const decision = decide(everything, none, identity, limits?.layer, layers);
    const { granted, named, conditional, resourceLimited, removed } = decision;
    // SCPs limit the account, not the principal: an administrator behind an SCP is still one.
    const own = layers.length === 0 ? decision : decide(everything, none, identity, limits?.layer, []);
    const allSources: readonly Source[] = [
      ...parts.map(({ name, document }) => sourceOf('identity', name, document)),
      ...(boundary === undefined || limits === undefined
        ? []
        : [sourceOf('boundary', boundary.name, limits)]),
      ...sources,
    ];
    const grantedBy = createGrantedBy(
      parts.map(({ name, document }) => ({ name, allow: document.layer.allow })),
      granted,
    );
    return {
      granted,
      named,
      conditional,
      resourceLimited,
      removed,
      ...grantedBy,
      onlyIn: (regions) => allowedOnlyIn(regions, granted, allSources, none),
      explain: (action) => explain(allSources, decision.verdict(action), action),
      unknownPatterns: [...new Set(parts.flatMap(({ document }) => document.unknownPatterns))].sort(),
      admin: principal.boundary.kind !== 'missing' && allowsAll(own),
    };
  });
  return { grants };
}

/** Statements of the SCPs, and their levels over the catalog. */
interface Guardrails {
  readonly sources: readonly Source[];
  readonly layers: readonly Layer[];
}

type Decision = Pick<Grants, 'granted' | 'named' | 'conditional' | 'resourceLimited' | 'removed'> & {
  readonly verdict: (action: number) => Explanation['verdict'];
};

/** In the order of the policy evaluation logic: explicit Deny, SCPs, identity policies, permission boundary. */
function decide(
  everything: ActionSet,
  none: ActionSet,
  identity: Layer,
  boundary: Layer | undefined,
  scps: readonly Layer[],
): Decision {
  const layers = [identity, ...(boundary === undefined ? [] : [boundary]), ...scps];
  const deny = unionOf(
    none,
    layers.map((layer) => layer.deny),
  );
  const scpAllow = scps.map(({ allow }) => allow).reduce(intersect, everything);
  const notDenied = minus(none, identity.allow, deny);
  const outsideScp = scps.length === 0 ? none : subtract(notDenied, scpAllow);
  const inScp = minus(none, notDenied, outsideScp);
  const outsideBoundary = boundary === undefined ? none : minus(none, inScp, boundary.allow);
  const granted = minus(none, inScp, outsideBoundary);
  const limits = layers.map((layer) => limitsOf(none, layer));
  const within = (set: ActionSet): ActionSet => (set === none ? none : intersect(set, granted));
  return {
    granted,
    named: identity.named === identity.allow ? granted : within(identity.named),
    conditional: within(
      unionOf(
        none,
        limits.map((limit) => limit.conditional),
      ),
    ),
    resourceLimited: within(
      unionOf(
        none,
        limits.map((limit) => limit.resourceLimited),
      ),
    ),
    removed: { denied: deny === none ? none : intersect(identity.allow, deny), outsideScp, outsideBoundary },
    verdict: (action) => {
      if (has(deny, action)) return 'denied';
      if (!has(scpAllow, action)) return 'outside-scp';
      if (!has(identity.allow, action)) return 'not-allowed';
      return has(granted, action) ? 'granted' : 'outside-boundary';
    },
  };
}

const sourceOf = (kind: Source['kind'], name: string, { statements }: CompiledDocument): Source => ({
  kind,
  name,
  statements,
});

/** Caches up to `MAX_CACHED` results. A WeakMap would retain one per living key, for the whole run. */
function cacheRecent<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const cache = new Map<K, V>();
  return (key) => {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, made);
    return made;
  };
}
