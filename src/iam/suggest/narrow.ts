import { has, members } from '../../catalog/action-set.js';
import type { ActionSet, Catalog, ResourcePattern } from '../../catalog/types.js';
import { statementActions } from '../evaluate.js';
import type { Principal, Statement } from '../types.js';
import { contains } from './containment.js';
import type { Narrower } from './drafts.js';
import { narrowPasses, type Pass } from './passes.js';
import { place } from './place.js';

/** Action index -> ARNs on which it was used, if the list is complete; `*` can stand for the region. */
export type ObservedResources = ReadonlyMap<number, readonly string[]>;

/** An observed resource as a policy must name it. */
interface Target {
  readonly resource: string;
  /** Further resources that the same use may need; kept if today's statement has them. */
  readonly related: readonly string[];
}

/**
 * Resources of one action as its statements must name them; undefined if unknown. An action with several required
 * types, or with optional types beside a required one, may involve resources that no record names. If all types are
 * optional, a call uses one of them (Service Authorization Reference: actions table).
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
 * Versions and aliases of Lambda functions, and log groups: their ARNs end in `:…` or `:*` in some calls only
 * (Lambda Developer Guide: fine-tuning resources and conditions; CloudWatch Logs: resources and operations).
 */
function inner(resource: string): readonly string[] {
  const owner = /^(arn:[^:]*:(?:lambda:[^:]*:[^:]*:function|logs:[^:]*:[^:]*:log-group):[^:]*)(?::\*)?$/.exec(
    resource,
  );
  return owner?.[1] === undefined ? [] : [owner[1], `${owner[1]}:*`];
}

/** S3 records name the bucket, the object, or both: object actions need objects, bucket actions the bucket. */
function s3Name(patterns: readonly ResourcePattern[], arn: string): string {
  const bucket = /^arn:[^:]*:s3:::[^/]+/.exec(arn)?.[0];
  if (bucket === undefined) return arn;
  const onObjects = patterns.some(({ pattern }) => pattern === 'arn:*:s3:::*/*');
  const onBuckets = patterns.some(({ pattern }) => pattern === 'arn:*:s3:::*');
  if (onObjects && !onBuckets) return arn === bucket ? `${bucket}/*` : arn;
  return onBuckets && !onObjects ? bucket : arn;
}

/** The statement with the remaining resources, none if it has none; undefined if it must keep its own. */
function cut(s: Statement, targets: readonly Target[]): readonly Statement[] | undefined {
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
  if (covered) return undefined;
  return left.length === 0 ? [] : [{ ...s, resources: left }];
}

/**
 * Narrows the resources of Allow statements to those on which each action was used. An action keeps its resources
 * if an observed resource matches no type of the action, or no statement that grants it. A statement keeps its
 * resources if it cannot be proven that the observed resources are inside or outside its own.
 * @param passes roles on which iam:PassRole was used, if all are known; otherwise empty
 */
export function createNarrower(
  principal: Principal,
  keep: ActionSet,
  catalog: Catalog,
  observed: ObservedResources,
  passes: readonly Pass[],
): Narrower {
  const allows = principal.policies
    .flatMap(({ policy }) => policy.document.statements)
    .filter((s) => s.effect === 'Allow')
    .map((statement) => ({ statement, actions: statementActions(catalog, statement) }));
  const passRole = catalog.indexOf('iam:PassRole');
  const plans = new Map<number, (s: Statement) => readonly Statement[] | undefined>();
  for (const action of members(keep)) {
    const isPass = action === passRole;
    const arns = isPass ? passes.map(({ role }) => role) : (observed.get(action) ?? []);
    const targets = targetsOf(catalog.resourcePatterns(action), arns);
    if (targets === undefined) continue;
    const granting = allows.filter(({ actions }) => has(actions, action));
    const granted = ({ resource }: Target): boolean =>
      granting.some(({ statement }) => place(resource, statement) !== 'outside');
    if (targets.every(granted))
      plans.set(action, (s) => (isPass ? narrowPasses(s, passes) : cut(s, targets)));
  }
  return (statement) => {
    const actions = plans.size === 0 ? undefined : statementActions(catalog, statement);
    const narrowed = new Map<number, readonly Statement[]>();
    for (const [action, narrow] of plans) {
      if (actions === undefined || !has(actions, action)) continue;
      const statements = narrow(statement);
      if (statements !== undefined) narrowed.set(action, statements);
    }
    return narrowed;
  };
}
