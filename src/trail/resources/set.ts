import { compareText } from '../../base/compare.js';
import { actorKey, compareActors } from '../aggregate.js';
import { MAX_RESOURCES, type Actor, type ResourceRow } from '../types.js';

/** The call that used the resources. */
export interface Call {
  readonly actor: Actor;
  readonly recipientAccountId: string;
  readonly eventSource: string;
  readonly eventName: string;
}

/**
 * Sorted ARNs of all resources of any number of calls, without duplicates. Null if unknown: some calls have none or
 * use unnamed ones, or there are more than MAX_RESOURCES. Merging is associative and commutative.
 */
export type Resources = readonly string[] | null;

/** @param arns in any order, with or without duplicates */
export function resourceSet(arns: Iterable<string>): Resources {
  const all = [...new Set(arns)].sort(compareText);
  return all.length > MAX_RESOURCES ? null : all;
}

/** For many calls: most add nothing, which is cheaper to detect than to merge. */
export function merge(a: Resources, b: Resources): Resources {
  if (a === null || b === null) return null;
  return b.every((arn) => a.includes(arn)) ? a : resourceSet([...a, ...b]);
}

interface Entry {
  readonly call: Call;
  resources: Resources;
}

/** Merges the resources of calls into rows. Pass successful API calls only. */
export class ResourceCollector {
  readonly #entries = new Map<string, Entry>();

  add(call: Call, resources: Resources): void {
    const key = callKey(call);
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      const { actor, recipientAccountId, eventSource, eventName } = call;
      this.#entries.set(key, { call: { actor, recipientAccountId, eventSource, eventName }, resources });
    } else {
      entry.resources = merge(entry.resources, resources);
    }
  }

  /** Unsorted parts, for another collector. */
  parts(): { readonly call: Call; readonly resources: Resources }[] {
    return [...this.#entries.values()].map(({ call, resources }) => ({ call, resources }));
  }

  /** Sorted by actor, account, event source, event name. */
  rows(): ResourceRow[] {
    return this.parts()
      .map(({ call, resources }) => ({ ...call, resources: resources ?? [], complete: resources !== null }))
      .sort(compareResources);
  }
}

function compareResources(a: ResourceRow, b: ResourceRow): number {
  return (
    compareActors(a.actor, b.actor) ||
    compareText(a.recipientAccountId, b.recipientAccountId) ||
    compareText(a.eventSource, b.eventSource) ||
    compareText(a.eventName, b.eventName)
  );
}

function callKey({ actor, recipientAccountId, eventSource, eventName }: Call): string {
  return [...actorKey(actor), recipientAccountId, eventSource, eventName].join('\n');
}
