import { compareBy } from '../base/compare.js';
import { addAll, count, emptySet, intersect, isEmpty, subtract } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import { compile } from '../iam/compile.js';
import type { AttachedPolicy, PolicyDocument, Principal } from '../iam/types.js';
import { managerOf } from './managed-roles.js';
import type { Change, Decision, TrustReview } from './types.js';

export interface ChangeInput {
  readonly catalog: Catalog;
  readonly principal: Principal;
  readonly granted: ActionSet;
  /** Granted actions that the cautious suggestion retains: used, tried, or perhaps used without a record. */
  readonly keep: ActionSet;
  readonly decision: Decision;
  /** Roles only: trusted principals and their sessions in the logs. */
  readonly trust: readonly TrustReview[];
}

/**
 * Possible changes, each with the actions that it removes by itself: first the whole principal, then its policies,
 * groups and trust policy entries. None for incomplete data (`investigate`) or service-linked roles, which AWS
 * defines; a role of IAM Identity Center is changed through its permission set only. Policies with Deny statements
 * always stay: removing one would grant actions.
 */
export function changesOf(input: ChangeInput): readonly Change[] {
  const { principal, granted, keep, decision } = input;
  const manager = managerOf(principal);
  if (decision === 'investigate' || manager?.kind === 'service') return [];
  const excess = count(subtract(granted, keep));
  if (manager?.kind === 'permission-set')
    return decision === 'reduce' ? [permissionSetChange(manager.name, count(keep), excess)] : [];
  if (decision === 'remove') return [removal(principal, count(granted))];
  const changes: Change[] = [];
  if (decision === 'reduce') {
    changes.push(
      { kind: 'replace-policies', target: null, kept: count(keep), actionsRemoved: excess },
      ...policyChanges(input),
    );
  }
  return [...changes, ...trustChanges(input.trust)];
}

const permissionSetChange = (name: string, kept: number, excess: number): Change => ({
  kind: 'change-permission-set',
  target: name,
  kept,
  actionsRemoved: excess,
});

const removal = ({ type }: Principal, actionsRemoved: number): Change => ({
  kind: type === 'user' ? 'remove-user' : 'remove-role',
  target: null,
  actionsRemoved,
});

/** What the policies of one change allow. */
interface Step {
  readonly change:
    | {
        readonly kind: 'detach-policy';
        readonly target: string;
        readonly name: string;
        readonly inline: boolean;
      }
    | { readonly kind: 'leave-group'; readonly target: string };
  readonly policies: readonly AttachedPolicy[];
}

function stepsOf(principal: Principal): readonly Step[] {
  const own = principal.policies
    .filter(({ group }) => group === null)
    .map((attached): Step => {
      const { name, arn } = attached.policy;
      return {
        change: { kind: 'detach-policy', target: arn ?? name, name, inline: arn === null },
        policies: [attached],
      };
    });
  const groups = new Set(principal.policies.flatMap(({ group }) => group ?? []));
  const left = [...groups].map((group): Step => {
    const policies = principal.policies.filter((attached) => attached.group === group);
    return { change: { kind: 'leave-group', target: group }, policies };
  });
  return [...own.sort(byTarget), ...left.sort(byTarget)];
}

function policyChanges({ catalog, principal, granted, keep }: ChangeInput): readonly Change[] {
  const allowedBy = (policies: readonly AttachedPolicy[]): ActionSet => {
    const allow = emptySet(catalog.actions.length);
    for (const { policy } of policies) addAll(allow, digestOf(catalog, policy.document).allow);
    return allow;
  };
  return stepsOf(principal).flatMap(({ change, policies }) => {
    const movable = policies.every(({ policy }) => digestOf(catalog, policy.document).movable);
    const allowed = intersect(allowedBy(policies), granted);
    if (!movable || isEmpty(allowed) || !isEmpty(intersect(allowed, keep))) return [];
    const others = principal.policies.filter((attached) => !policies.includes(attached));
    const actionsRemoved = count(subtract(allowed, allowedBy(others)));
    return [{ ...change, allowed: count(allowed), actionsRemoved }];
  });
}

const byTarget = compareBy(({ change }: Step) => change.target);

function trustChanges(trust: readonly TrustReview[]): readonly Change[] {
  // Removing an entry from NotPrincipal would allow it.
  return trust
    .filter((entry) => !entry.inverted)
    .flatMap((entry) => {
      const finding = (['deleted-principal', 'never-assumed'] as const).find((one) =>
        entry.findings.includes(one),
      );
      if (finding === undefined) return [];
      const twice = trust.filter(({ value }) => value === entry.value).length > 1;
      const statement = twice ? entry.statement : null;
      return [{ kind: 'remove-trust' as const, target: entry.value, finding, statement, actionsRemoved: 0 }];
    });
}

interface Digest {
  readonly allow: ActionSet;
  /** No Deny, and no pattern without known action: its grants are known. */
  readonly movable: boolean;
}

// Many principals share a managed policy: each document is read once.
const digests = new WeakMap<Catalog, WeakMap<PolicyDocument, Digest>>();

function digestOf(catalog: Catalog, document: PolicyDocument): Digest {
  const known = digests.get(catalog) ?? new WeakMap<PolicyDocument, Digest>();
  digests.set(catalog, known);
  const found = known.get(document);
  if (found !== undefined) return found;
  const { statements, layer, unknownPatterns } = compile(catalog, document, emptySet(catalog.actions.length));
  const movable = unknownPatterns.length === 0 && statements.every(({ effect }) => effect === 'Allow');
  const digest = { allow: layer.allow, movable };
  known.set(document, digest);
  return digest;
}
