import { getOrInsertComputed } from '../base/maps.js';
import { add, emptySet } from '../catalog/action-set.js';
import type { Catalog } from '../catalog/types.js';
import type { UnknownReason } from './reasons.js';
import type { UnknownGroup } from './recording/unseen.js';

/** Actions by their reason: equal reasons share a group. */
export function groupByReason(
  catalog: Catalog,
  reasons: Iterable<readonly [action: number, reason: UnknownReason]>,
): UnknownGroup[] {
  const groups = new Map<string, UnknownGroup>();
  for (const [action, reason] of reasons) {
    const group = getOrInsertComputed(groups, JSON.stringify(reason), () => ({
      reason,
      actions: emptySet(catalog.actions.length),
    }));
    add(group.actions, action);
  }
  return [...groups.values()];
}
