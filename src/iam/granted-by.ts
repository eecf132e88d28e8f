import type { ActionSet } from '../catalog/types.js';
import { has } from '../catalog/action-set.js';

interface Node {
  readonly names: readonly string[];
  readonly next: Map<string, Node>;
}

/**
 * Answers which of the named policies hold an action. Asked for tens of thousands of actions, which a handful of
 * combinations of policies grant: each combination's list is made once and shared.
 */
export function createGrantedBy(
  policies: readonly { readonly name: string; readonly allow: ActionSet }[],
): (action: number) => readonly string[] {
  const sorted = policies.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const root: Node = { names: [], next: new Map() };
  return (action) => {
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
}
