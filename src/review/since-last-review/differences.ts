import { compareBy } from '../../base/compare.js';
import { count, intersect, members, subtract } from '../../catalog/action-set.js';
import type { ActionSet } from '../../catalog/types.js';
import type { DocumentDigest } from '../types.js';
import type { ActionNames } from './names.js';
import type { PrincipalChange, Snapshot } from './types.js';

export type Differences = Pick<
  PrincipalChange,
  'added' | 'removed' | 'relisted' | 'policies' | 'groups' | 'boundary' | 'trusted' | 'renamedFrom'
>;

export interface DifferenceInput {
  readonly before: Snapshot;
  readonly now: Snapshot;
  readonly names: ActionNames;
  /** Actions of the two catalogs; null if both have the same. */
  readonly listed: { readonly before: ActionSet; readonly now: ActionSet } | null;
  /** Policies that grant an action now. */
  readonly grantedBy: (action: string) => readonly string[];
}

/** Differences of one principal. An action that one catalog lacks is no difference. */
export function differencesOf({ before, now, names, listed, grantedBy }: DifferenceInput): Differences {
  const gained = subtract(now.granted, before.granted);
  const lost = subtract(before.granted, now.granted);
  const namesOf = (set: ActionSet): string[] =>
    Array.from(members(set), (action) => names.name(action)).sort();
  const added = namesOf(listed === null ? gained : intersect(gained, listed.before));
  const removed = namesOf(listed === null ? lost : intersect(lost, listed.now));
  return {
    added: byPolicies(added, grantedBy),
    removed,
    relisted: {
      gained: listed === null ? 0 : count(subtract(gained, listed.before)),
      lost: listed === null ? 0 : count(subtract(lost, listed.now)),
    },
    policies: policiesOf(before, now),
    groups: {
      joined: now.groups.filter((group) => !before.groups.includes(group)),
      left: before.groups.filter((group) => !now.groups.includes(group)),
    },
    boundary: boundaryOf(before, now),
    trusted: {
      added: now.trusted.filter((one) => !before.trusted.includes(one)),
      removed: before.trusted.filter((one) => !now.trusted.includes(one)),
    },
    renamedFrom: before.arn === now.arn ? null : before.arn,
  };
}

export const NO_DIFFERENCES: Differences = {
  added: [],
  removed: [],
  relisted: { gained: 0, lost: 0 },
  policies: { added: [], removed: [], changed: [] },
  groups: { joined: [], left: [] },
  boundary: null,
  trusted: { added: [], removed: [] },
  renamedFrom: null,
};

export const isSame = ({
  added,
  removed,
  policies,
  groups,
  boundary,
  trusted,
  renamedFrom,
}: Differences): boolean =>
  boundary === null &&
  renamedFrom === null &&
  [added, removed, ...[policies, groups, trusted].flatMap((lists) => Object.values(lists))].every(
    (list) => list.length === 0,
  );

function byPolicies(
  actions: readonly string[],
  grantedBy: DifferenceInput['grantedBy'],
): PrincipalChange['added'] {
  const groups = new Map<string, { policies: readonly string[]; actions: string[] }>();
  for (const action of actions) {
    const policies = grantedBy(action);
    const key = policies.join('\n');
    const group = groups.get(key) ?? { policies, actions: [] };
    group.actions.push(action);
    groups.set(key, group);
  }
  return [...groups].sort(compareBy(([key]) => key)).map(([, group]) => group);
}

function policiesOf(before: Snapshot, now: Snapshot): PrincipalChange['policies'] {
  const [then, today] = [policyMap(before), policyMap(now)];
  const names = (keys: readonly string[]): string[] =>
    [...new Set(keys.map((key) => (today.get(key) ?? then.get(key))?.policy ?? key))].sort();
  const both = [...today.keys()].filter((key) => then.has(key));
  return {
    added: names([...today.keys()].filter((key) => !then.has(key))),
    removed: names([...then.keys()].filter((key) => !today.has(key))),
    changed: names(both.filter((key) => !isSameText(then.get(key), today.get(key)))),
  };
}

/** A managed policy is identified by ARN, an inline policy by name. */
const policyMap = ({ documents }: Snapshot): ReadonlyMap<string, DocumentDigest> =>
  new Map(documents.filter(({ boundary }) => !boundary).map((one) => [one.arn ?? one.policy, one]));

/** An unreadable document is not reported as changed. */
const isSameText = (a: DocumentDigest | undefined, b: DocumentDigest | undefined): boolean =>
  a?.digest === b?.digest || a?.digest === '' || b?.digest === '';

function boundaryOf(before: Snapshot, now: Snapshot): PrincipalChange['boundary'] {
  const [then, today] = [before, now].map(({ documents }) => documents.find(({ boundary }) => boundary));
  if (then?.arn === today?.arn && isSameText(then, today)) return null;
  return { before: then?.policy ?? null, now: today?.policy ?? null };
}
