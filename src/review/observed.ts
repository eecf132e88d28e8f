import { getOrInsertComputed } from '../base/maps.js';
import type { RequestEvidence } from '../catalog/further-types.js';
import type { Catalog } from '../catalog/types.js';
import type { ActivityRow, ResourceRow } from '../trail/types.js';

/** Fields that decide whether the resources of a call are needed. */
export type ObservedCall = Pick<
  ActivityRow,
  'recipientAccountId' | 'eventSource' | 'eventName' | 'apiCall' | 'outcome'
> & {
  readonly evidence?: Pick<RequestEvidence, 'shown' | 'possible'>;
};

/**
 * Action index -> sorted ARNs on which one principal used it. Only actions with a complete list: every successful
 * event that may stand for the action has a complete row. An event with several actions (CopyObject reads one
 * object and writes another) does not show which was used on which: none of them has a list. Nor has an action that
 * a call used besides its own: tags at creation are not set on the resource that the call names.
 */
export function observedResources(
  catalog: Catalog,
  calls: readonly ObservedCall[],
  rows: readonly ResourceRow[],
): ReadonlyMap<number, readonly string[]> {
  const known = new Map<string, { readonly resources: Set<string>; complete: boolean }>();
  for (const row of rows) {
    const key = keyOf(row);
    const entry = getOrInsertComputed(known, key, () => ({ resources: new Set<string>(), complete: true }));
    entry.complete &&= row.complete;
    for (const resource of row.resources) entry.resources.add(resource);
  }
  const lists = new Map<number, Set<string>>();
  const untold = new Set<number>();
  const succeeded = calls.filter(({ outcome, apiCall }) => outcome === 'succeeded' && apiCall);
  for (const { evidence } of succeeded)
    for (const { action } of [...(evidence?.shown ?? []), ...(evidence?.possible ?? [])]) untold.add(action);
  // Rows of other accounts' trails count, even if their calls are copies of own ones: they may be about other resources.
  const events = new Map([...succeeded, ...rows].map((event) => [keyOf(event), event]));
  for (const [key, event] of events) {
    const mapping = catalog.mapEvent(event.eventSource, event.eventName);
    if (mapping.kind !== 'actions') continue;
    const entry = known.get(key);
    const told = entry?.complete === true && (mapping.mode !== 'all' || mapping.actions.length === 1);
    for (const action of mapping.actions) {
      if (!told) untold.add(action);
      const list = getOrInsertComputed(lists, action, () => new Set<string>());
      for (const resource of entry?.resources ?? []) list.add(resource);
    }
  }
  return new Map(
    [...lists]
      .filter(([action, list]) => !untold.has(action) && list.size > 0)
      .sort(([a], [b]) => a - b)
      .map(([action, list]) => [action, [...list].sort()]),
  );
}

const keyOf = (row: Pick<ResourceRow, 'recipientAccountId' | 'eventSource' | 'eventName'>): string =>
  `${row.recipientAccountId}\n${row.eventSource}\n${row.eventName}`;
