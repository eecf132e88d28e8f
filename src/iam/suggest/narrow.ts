import { has, members } from '../../catalog/action-set.js';
import type { ActionSet, Catalog, ResourcePattern } from '../../catalog/types.js';
import { statementActions } from '../evaluate.js';
import type { Principal, Statement } from '../types.js';
import { contains, disjoint } from './containment.js';
import type { Narrower } from './drafts.js';

/** Action index -> ARNs it was used on, where the list is known to be complete; `*` may stand for the region. */
export type ObservedResources = ReadonlyMap<number, readonly string[]>;

/** An observed resource as a policy must name it. */
interface Target {
  readonly resource: string;
  /** What else the same use may need, taken along where today's statement has it. */
  readonly related: readonly string[];
}

/**
 * Resources of one action as its statements must name them; undefined where they cannot be told. An action with several
 * required types, or with optional ones beside a required one, may involve resources that no record names; of
 * types that are all optional a call uses one (Service Authorization Reference: the actions table).
 */
function targetsOf(patterns: readonly ResourcePattern[], arns: readonly string[]): Target[] | undefined {
  const required = patterns.filter((type) => type.required);
  const [main] = required;
  const parts = patterns.filter((type) => !type.required).map((type) => type.pattern);
  const extendsMain = (pattern: string): boolean => main !== undefined && pattern.startsWith(main.pattern);
  if (arns.length === 0 || required.length > 1) return undefined;
  if (main !== undefined && !parts.every(extendsMain)) return undefined;

  const targets: Target[] = [];
  for (const arn of arns) {
    const resource = s3Name(patterns, arn);
    // Text from a record must not become a policy variable.
    const fits = !resource.includes('${') && patterns.some((type) => contains(type.pattern, resource));
    if (!fits) return undefined;
    const extended = main === undefined ? [] : parts.map((pattern) => pattern.slice(main.pattern.length));
    targets.push({
      resource,
      related: [...extended.map((rest) => `${resource}${rest}`), ...inner(resource)],
    });
  }
  return targets;
}

/**
 * Versions and aliases of a Lambda function, and log groups: their ARNs end in `:…` or `:*` in some calls and not in
 * others (Lambda Developer Guide: fine-tuning resources and conditions; CloudWatch Logs: resources and operations).
 */
function inner(resource: string): readonly string[] {
  const owner = /^(arn:[^:]*:(?:lambda:[^:]*:[^:]*:function|logs:[^:]*:[^:]*:log-group):[^:]*)(?::\*)?$/.exec(
    resource,
  );
  return owner?.[1] === undefined ? [] : [owner[1], `${owner[1]}:*`];
}

/** Records of S3 name the bucket, the object, or both: object actions need objects, bucket actions the bucket. */
function s3Name(patterns: readonly ResourcePattern[], arn: string): string {
  const bucket = /^arn:[^:]*:s3:::[^/]+/.exec(arn)?.[0];
  if (bucket === undefined) return arn;
  const onObjects = patterns.some(({ pattern }) => pattern === 'arn:*:s3:::*/*');
  const onBuckets = patterns.some(({ pattern }) => pattern === 'arn:*:s3:::*');
  if (onObjects && !onBuckets) return arn === bucket ? `${bucket}/*` : arn;
  return onBuckets && !onObjects ? bucket : arn;
}

type Place = 'inside' | 'outside' | 'unclear';

function place(resource: string, s: Statement): Place {
  if (s.resourceKind === 'NotResource') return 'unclear';
  if (s.resources.some((pattern) => contains(pattern, resource))) return 'inside';
  return s.resources.every((pattern) => disjoint(pattern, resource)) ? 'outside' : 'unclear';
}

/** The resources left in a statement, or undefined where it must keep its own. */
function cut(s: Statement, targets: readonly Target[]): readonly string[] | undefined {
  const wanted = new Set(targets.flatMap(({ resource, related }) => [resource, ...related]));
  const inside: string[] = [];
  for (const resource of wanted) {
    const where = place(resource, s);
    if (where === 'unclear') return undefined;
    if (where === 'inside') inside.push(resource);
  }
  const left = inside.filter(
    (a, i) => !inside.some((b, j) => i !== j && contains(b, a) && (j < i || !contains(a, b))),
  );
  const covered = s.resources.every((pattern) => left.some((resource) => contains(resource, pattern)));
  return covered ? undefined : left;
}

/**
 * Cuts the resources of Allow statements to those that each action was used on. An action stays as it is wherever
 * an observed resource is of no type of the action, or no statement grants it there; a statement stays as it is
 * where it cannot be proven that the observed resources are inside or outside its own.
 */
export function createNarrower(
  principal: Principal,
  keep: ActionSet,
  catalog: Catalog,
  observed: ObservedResources,
): Narrower {
  const allows = principal.policies
    .flatMap(({ policy }) => policy.document.statements)
    .filter((s) => s.effect === 'Allow')
    .map((statement) => ({ statement, actions: statementActions(catalog, statement) }));
  const plans = new Map<number, readonly Target[]>();
  for (const action of members(keep)) {
    const targets = targetsOf(catalog.resourcePatterns(action), observed.get(action) ?? []);
    if (targets === undefined) continue;
    const granting = allows.filter(({ actions }) => has(actions, action));
    const granted = ({ resource }: Target): boolean =>
      granting.some(({ statement }) => place(resource, statement) !== 'outside');
    if (targets.every(granted)) plans.set(action, targets);
  }
  return (statement) => {
    const actions = plans.size === 0 ? undefined : statementActions(catalog, statement);
    const cuts = new Map<number, readonly string[]>();
    for (const [action, targets] of plans) {
      if (actions === undefined || !has(actions, action)) continue;
      const resources = cut(statement, targets);
      if (resources !== undefined) cuts.set(action, resources);
    }
    return cuts;
  };
}
