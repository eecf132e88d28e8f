import { compareBy } from '../base/compare.js';
import type { ActionSet } from '../catalog/types.js';
import type { Grants } from './types.js';
import { has, overlap } from '../catalog/action-set.js';

interface Node {
  readonly names: readonly string[];
  readonly next: Map<string, Node>;
}

/**
 * Finds which of the named policies grant an action. Tens of thousands of actions have only a few combinations of
 * policies: the list of each combination is created once and shared.
 */
export function createGrantedBy(
  policies: readonly { readonly name: string; readonly allow: ActionSet }[],
  granted: ActionSet,
): Pick<Grants, 'grantedBy' | 'grantedByIn'> {
  const sorted = policies.toSorted(compareBy(({ name }) => name));
  const root: Node = { names: [], next: new Map() };
  const grantedBy = (action: number): readonly string[] => {
    if (!has(granted, action)) return [];
    let node = root;
    for (const { name, allow } of sorted) {
      // The same name twice: a policy attached directly and inline, or named like `group/policy`.
      if (!has(allow, action) || node.names.at(-1) === name) continue;
      let child = node.next.get(name);
      if (child === undefined) {
        child = { names: [...node.names, name], next: new Map() };
        node.next.set(name, child);
      }
      node = child;
    }
    return node.names;
  };
  const grantedByIn = (from: number, to: number): readonly string[] => [
    ...new Set(sorted.filter(({ allow }) => overlap(allow, granted, from, to)).map(({ name }) => name)),
  ];
  return { grantedBy, grantedByIn };
}
