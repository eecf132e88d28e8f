import { add, emptySet, has, members } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Credits } from './credits.js';
import { UNKNOWN_REASONS } from './reasons.js';
import type { UnknownGroup, Unseen } from './recording/unseen.js';

/** Actions that calls may have exercised without showing it, by the reason. */
export function insideGroups(catalog: Catalog, possible: Credits['possible']): UnknownGroup[] {
  const groups = new Map<string, ActionSet>();
  for (const [action, reason] of possible) {
    const actions = groups.get(reason) ?? emptySet(catalog.actions.length);
    add(actions, action);
    groups.set(reason, actions);
  }
  return [...groups].map(([reason, actions]) => ({ kind: 'inside', reason, actions }));
}

/**
 * Granted actions that only requests of other calls show, where calls that may show them are granted and would have left no event:
 * a role may have been passed by one of them.
 */
export function unrecordedInside(catalog: Catalog, granted: ActionSet, unseen: Unseen): UnknownGroup {
  const actions = emptySet(catalog.actions.length);
  for (const action of members(shownInside(catalog))) {
    if (!has(granted, action)) continue;
    const isHidden = (call: number): boolean => has(granted, call) && has(unseen.all, call);
    if (catalog.exercisedBy(action).some(isHidden)) add(actions, action);
  }
  return { kind: 'inside', reason: UNKNOWN_REASONS['inside'], actions };
}

const shownInsideByCatalog = new WeakMap<Catalog, ActionSet>();

function shownInside(catalog: Catalog): ActionSet {
  const known = shownInsideByCatalog.get(catalog);
  if (known !== undefined) return known;
  const set = emptySet(catalog.actions.length);
  for (let action = 0; action < catalog.actions.length; action += 1)
    if (catalog.shownInside(action)) add(set, action);
  shownInsideByCatalog.set(catalog, set);
  return set;
}
