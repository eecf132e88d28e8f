import { compareText } from '../aggregate.js';
import { MAX_RESOURCES, type ResourceRow } from '../types.js';
import type { Call } from './extract.js';

/** The resources of any number of calls. Merging is associative and takes any order. */
export interface Resources {
  /** The first MAX_RESOURCES of all in order of text, each once. */
  readonly arns: readonly string[];
  /** There are more. */
  readonly more: boolean;
  /** Some of the calls name no resource, or not all that they act on. */
  readonly missing: boolean;
}

/** What a call brings that names no resource. */
export const MISSING: Resources = { arns: [], more: false, missing: true };

/** @param arns in any order, repeated or not */
export function resourceSet(arns: Iterable<string>): Resources {
  const all = [...new Set(arns)].sort(compareText);
  return { arns: all.slice(0, MAX_RESOURCES), more: all.length > MAX_RESOURCES, missing: false };
}

export function merge(a: Resources, b: Resources): Resources {
  const { arns, cut } = mergeSorted(a.arns, b.arns);
  return { arns, more: cut || a.more || b.more, missing: a.missing || b.missing };
}

/** The first MAX_RESOURCES of two sorted lists, each once, and whether there were more. */
function mergeSorted(a: readonly string[], b: readonly string[]): { arns: string[]; cut: boolean } {
  const arns: string[] = [];
  let inA = 0;
  let inB = 0;
  for (;;) {
    const left = a[inA];
    const right = b[inB];
    const next = left === undefined || (right !== undefined && right < left) ? right : left;
    if (next === undefined) return { arns, cut: false };
    if (arns.length === MAX_RESOURCES) return { arns, cut: true };
    if (next === left) inA += 1;
    if (next === right) inB += 1;
    arns.push(next);
  }
}

/** `merge` for very many calls: most bring nothing new, which is cheaper to find out than to merge. */
export const absorb = (a: Resources, b: Resources): Resources => (covers(a, b) ? a : merge(a, b));

/** Whether `b` brings nothing new. */
function covers(a: Resources, b: Resources): boolean {
  if ((b.more && !a.more) || (b.missing && !a.missing)) return false;
  const last = a.more ? a.arns.at(-1) : undefined;
  for (const arn of b.arns) if ((last === undefined || arn <= last) && !holds(a.arns, arn)) return false;
  return true;
}

/** @param sorted each once */
function holds(sorted: readonly string[], text: string): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === text;
}

interface Entry {
  readonly call: Call;
  resources: Resources;
}

/** Merges the resources of calls into rows. Give it calls that succeeded and are API calls only. */
export class ResourceCollector {
  readonly #entries = new Map<string, Entry>();

  add(call: Call, resources: Resources): void {
    const key = callKey(call);
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      const { actor, recipientAccountId, eventSource, eventName } = call;
      this.#entries.set(key, { call: { actor, recipientAccountId, eventSource, eventName }, resources });
    } else {
      entry.resources = absorb(entry.resources, resources);
    }
  }

  /** What was collected, unsorted: to hand to another collector. */
  parts(): { readonly call: Call; readonly resources: Resources }[] {
    return [...this.#entries.values()].map(({ call, resources }) => ({ call, resources }));
  }

  /** Sorted by actor, account, event source, event name. */
  rows(): ResourceRow[] {
    return this.parts()
      .map(({ call, resources: { arns, more, missing } }) => {
        const complete = !more && !missing;
        return { ...call, resources: complete ? arns : [], complete };
      })
      .sort(compareResources);
  }
}

export function compareResources(a: ResourceRow, b: ResourceRow): number {
  return (
    compareText(a.actor.arn, b.actor.arn) ||
    compareText(a.actor.id ?? '', b.actor.id ?? '') ||
    compareText(a.actor.kind, b.actor.kind) ||
    compareText(a.actor.accountId ?? '', b.actor.accountId ?? '') ||
    compareText(a.recipientAccountId, b.recipientAccountId) ||
    compareText(a.eventSource, b.eventSource) ||
    compareText(a.eventName, b.eventName)
  );
}

function callKey({ actor, recipientAccountId, eventSource, eventName }: Call): string {
  return [actor.kind, actor.arn, actor.id, actor.accountId, recipientAccountId, eventSource, eventName].join(
    '\n',
  );
}
