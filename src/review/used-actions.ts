import { at } from '../base/checked.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
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
    .map(([action, use]) => ({
      action: at(catalog.actions, action),
      count: use.count,
      firstUsed: use.first,
      lastUsed: use.last,
    }));
}
