import { add, addAll, countRange, has, members } from '../catalog/action-set.js';
import type { ActionSet, Catalog } from '../catalog/types.js';
import type { Grants } from '../iam/types.js';
import type { Statuses } from './status.js';

/**
 * strict: used actions. cautious: also unknown actions. Actions without events (data events that are not logged,
 * actions without a call of their own) stay if their service is used. In unused services they stay only if a policy
 * grants them by service name (`*` and NotAction do not); those without a call of their own, only if at least half
 * of the granted actions of the service are not recorded. `services`: `cautious` keeps patterns for all of their
 * actions, as a call used an action that is not known.
 */
export function retainedActions(
  catalog: Catalog,
  grants: Grants,
  status: Statuses,
): { strict: ActionSet; cautious: ActionSet; services: readonly string[] } {
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
    for (const { prefix, from, to } of catalog.services) {
      const isUsed = countRange(status.used, from, to) > 0 || status.unmappedServices.includes(prefix);
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
  return { strict: status.used, cautious, services: status.unmappedServices };
}
