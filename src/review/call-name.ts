import type { Catalog, EventMapping } from '../catalog/types.js';

/** The call's own action, or `source:EventName` without known action. */
export function callName(
  catalog: Catalog,
  own: EventMapping,
  { eventSource, eventName }: { readonly eventSource: string; readonly eventName: string },
): string {
  const [first] = own.kind === 'actions' ? own.actions : [];
  return (first === undefined ? undefined : catalog.actions[first]) ?? `${eventSource}:${eventName}`;
}
