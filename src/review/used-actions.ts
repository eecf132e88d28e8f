import { at } from '../base/checked.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Counted } from '../trail/aggregate.js';
import { creditActivity, type CreditedCall } from './credits.js';
import type { UsedAction } from './types.js';

/** Used actions of calls, sorted; alternatives are decided by the grants. */
export function usedActions(
  catalog: Catalog,
  granted: ActionSet,
  calls: Iterable<CreditedCall>,
): UsedAction[] {
  return [...creditActivity(catalog, granted, calls).used]
    .sort(([a], [b]) => a - b)
    .map(([action, usage]) => usedAction(catalog, action, usage));
}

export const usedAction = (
  catalog: Catalog,
  action: number,
  { count, first, last }: Counted,
): UsedAction => ({
  action: at(catalog.actions, action),
  count,
  firstUsed: first,
  lastUsed: last,
});
