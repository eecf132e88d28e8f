import type { ActionSet, Catalog } from '../catalog/types.js';
import { intersect, has, isEmpty, isSubset } from '../catalog/action-set.js';
import { statementActions } from './evaluate.js';
import { expandPattern } from './patterns.js';
import type { PolicyDocument, Principal, Statement, SuggestedPolicies, SuggestedPolicy } from './types.js';

/** Characters without whitespace (IAM and AWS STS quotas). */
const LIMITS = { user: 2048, role: 10_240, managed: 6144 } as const;

type Version = PolicyDocument['version'];

interface Draft {
  readonly version: Version;
  readonly statement: Statement;
  readonly actions: readonly string[];
}

const size = (document: unknown): number => JSON.stringify(document).replace(/\s/g, '').length;
const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();

function keptActions(
  s: Statement,
  keep: ActionSet,
  catalog: Catalog,
  keepUnknown: boolean,
): readonly string[] {
  const names = (set: ActionSet): string[] => catalog.actions.filter((_, i) => has(set, i));
  if (s.actionKind === 'NotAction') return names(intersect(statementActions(catalog, s), keep));
  return s.actions.flatMap((pattern) => {
    const set = expandPattern(catalog, pattern);
    if (isEmpty(set)) return keepUnknown ? [pattern] : [];
    // A pattern kept whole stays as written: the same words, so never wider than today.
    return isSubset(set, keep) && /[*?]/.test(pattern) ? [pattern] : names(intersect(set, keep));
  });
}

function render({ statement: s, actions }: Draft): object {
  return {
    Effect: s.effect,
    [s.effect === 'Deny' ? s.actionKind : 'Action']: actions,
    [s.resourceKind]: s.resources,
    ...(s.condition === undefined ? {} : { Condition: s.condition }),
  };
}

function drafts(
  principal: Principal,
  keep: ActionSet,
  catalog: Catalog,
  keepUnknown: boolean,
): readonly Draft[] {
  const merged = new Map<string, Draft>();
  for (const { policy } of principal.policies) {
    for (const s of policy.document.statements) {
      const version = policy.document.version;
      const deny = s.effect === 'Deny';
      const actions = sorted(deny ? s.actions : keptActions(s, keep, catalog, keepUnknown));
      if (actions.length === 0) continue;
      const where = [version, s.effect, s.resourceKind, sorted(s.resources), s.condition ?? null];
      const key = JSON.stringify(deny ? [...where, s.actionKind, actions] : where);
      const before = merged.get(key);
      merged.set(key, {
        version,
        statement: { ...s, resources: sorted(s.resources) },
        actions: sorted([...(before?.actions ?? []), ...actions]),
      });
    }
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, draft]) => draft);
}

/** Halves a statement's actions until it fits alone; NotAction cannot be split without changing its meaning. */
function fit(draft: Draft): readonly Draft[] {
  const fits = size({ Version: draft.version, Statement: [render(draft)] }) <= LIMITS.managed;
  const divisible = draft.statement.effect === 'Allow' || draft.statement.actionKind === 'Action';
  if (fits || !divisible || draft.actions.length < 2) return [draft];
  const half = draft.actions.length >>> 1;
  return [draft.actions.slice(0, half), draft.actions.slice(half)].flatMap((actions) =>
    fit({ ...draft, actions }),
  );
}

function pack(name: string, principal: Principal, all: readonly Draft[]): readonly SuggestedPolicy[] {
  // Deny statements stay even alone: they also limit what resource policies grant.
  if (all.length === 0) return [];
  const versions = sorted(all.map((d) => d.version));
  const whole = { Version: versions[0], Statement: all.map(render) };
  if (versions.length === 1 && size(whole) <= LIMITS[principal.type]) {
    return [{ name, document: whole, size: size(whole) }];
  }
  const documents: { Version: string; Statement: object[] }[] = [];
  for (const draft of all.flatMap(fit)) {
    const statement = render(draft);
    const room = documents.find(
      (d) =>
        d.Version === draft.version &&
        size({ Version: d.Version, Statement: [...d.Statement, statement] }) <= LIMITS.managed,
    );
    if (room === undefined) documents.push({ Version: draft.version, Statement: [statement] });
    else room.Statement.push(statement);
  }
  return documents.map((document, i) => ({ name: `${name}-${i + 1}`, document, size: size(document) }));
}

/**
 * Policies to put in place of all identity policies of a principal (groups' included). They are cut from today's
 * Allow statements, keeping Resource and Condition, and carry every Deny: so they never allow what today's do not.
 * Versions are never mixed: policy variables work only in 2012-10-17 (IAM JSON policy elements: Version).
 * The permission boundary stays in place and is not repeated. Sids are dropped: merged statements would clash.
 * Patterns the catalog does not know stay in `cautious` only.
 */
export function suggestPolicies(
  principal: Principal,
  keep: { readonly strict: ActionSet; readonly cautious: ActionSet },
  catalog: Catalog,
): SuggestedPolicies {
  const make = (level: 'strict' | 'cautious'): readonly SuggestedPolicy[] =>
    pack(`cloudtracker-${level}`, principal, drafts(principal, keep[level], catalog, level === 'cautious'));
  return { strict: make('strict'), cautious: make('cautious'), observed: [] };
}
