import { add, addAll, countRange, has, members } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Grants } from '../iam/types.js';
import type { Statuses } from './status.js';

/**
 * strict: what was used. cautious: also what nobody knows about. An action that CloudTrail never records in this account stays
 * where its service shows use; elsewhere only what policies grant by the service's name stays (`*` and NotAction do not name
 * it): data events that are not logged, and actions without an event of their own unless most of the grant is recorded.
 */
export function retainedActions(
  catalog: Catalog,
  grants: Grants,
  status: Statuses,
): { strict: ActionSet; cautious: ActionSet } {
  const cautious = status.used.slice();
  for (const {
    reason: { kind },
    actions,
  } of status.why) {
    if (kind === 'inside-unrecorded') continue;
    if (kind !== 'no-own-event' && kind !== 'data-events') {
      addAll(cautious, actions);
      continue;
    }
    for (const { from, to } of catalog.services) {
      const isUsed = countRange(status.used, from, to) > 0;
      const showsNoUse =
        kind === 'no-own-event' && countRange(status.unused, from, to) > countRange(actions, from, to);
      for (const action of members(actions, from, to))
        if (isUsed || (has(grants.named, action) && !showsNoUse)) add(cautious, action);
    }
  }
  // Last, as they go with the calls that may have exercised them.
  for (const { reason, actions } of status.why)
    if (reason.kind === 'inside-unrecorded')
      for (const action of members(actions))
        if (catalog.exercisedBy(action).some((call) => has(cautious, call) && has(status.unknown, call)))
          add(cautious, action);
  return { strict: status.used, cautious };
}
