import { getOrInsertComputed } from '../base/maps.js';
import { add, emptySet, has, members } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Credits } from './credits.js';
import type { UnknownGroup, Unseen } from './recording/unseen.js';
import { groupByReason } from './unknown-groups.js';

/** Actions that calls may have exercised without showing it, by the reason. */
export const insideGroups = (catalog: Catalog, possible: Credits['possible']): UnknownGroup[] =>
  groupByReason(
    catalog,
    Array.from(possible, ([action, inside]) => [action, { kind: 'inside', ...inside }]),
  );

/**
 * Granted actions that only requests of other calls show, if the principal may make such calls and they would leave no
 * event: one of them may have passed a role, for example.
 */
export function unrecordedInside(catalog: Catalog, granted: ActionSet, unseen: Unseen): UnknownGroup {
  const actions = emptySet(catalog.actions.length);
  for (const action of members(shownInside(catalog))) {
    if (!has(granted, action)) continue;
    const isHidden = (call: number): boolean => has(granted, call) && has(unseen.all, call);
    if (catalog.exercisedBy(action).some(isHidden)) add(actions, action);
  }
  return { reason: { kind: 'inside-unrecorded' }, actions };
}

const shownInsideByCatalog = new WeakMap<Catalog, ActionSet>();

function shownInside(catalog: Catalog): ActionSet {
  return getOrInsertComputed(shownInsideByCatalog, catalog, () => {
    const set = emptySet(catalog.actions.length);
    for (const action of catalog.actions.keys()) if (catalog.shownInside(action)) add(set, action);
    return set;
  });
}
