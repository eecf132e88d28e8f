import { compareText } from '../base/compare.js';
import type { ActivityRow, Actor } from './types.js';

/** Order of rows, the same in every engine: by actor, then by call. */
export function compareActivity(a: ActivityRow, b: ActivityRow): number {
  return compareActors(a.actor, b.actor) || compareCalls(a, b);
}

export function compareActors(a: Actor, b: Actor): number {
  return (
    compareText(a.arn, b.arn) ||
    compareText(a.id ?? '', b.id ?? '') ||
    compareText(a.kind, b.kind) ||
    compareText(a.accountId ?? '', b.accountId ?? '')
  );
}

/** Fields that identify an actor. */
export const actorKey = ({ kind, arn, id, accountId }: Actor): (string | null)[] => [
  kind,
  arn,
  id,
  accountId,
];

type Call = Omit<ActivityRow, 'actor' | 'errorCode' | keyof Counted> &
  Partial<Pick<ActivityRow, 'errorCode'>>;

export function compareCalls(a: Call, b: Call): number {
  return (
    compareText(a.recipientAccountId, b.recipientAccountId) ||
    compareText(a.eventSource, b.eventSource) ||
    compareText(a.eventName, b.eventName) ||
    Number(a.apiCall) - Number(b.apiCall) ||
    compareText(a.outcome, b.outcome) ||
    compareText(a.errorCode ?? '', b.errorCode ?? '') ||
    Number(a.networkActivity === true) - Number(b.networkActivity === true)
  );
}

export type Counted = { readonly count: number; readonly first: string; readonly last: string };

/** Adds the counts of `b` to `a`; earliest first, latest last. */
export function addCounts<T extends Counted>(a: T, b: Counted): T {
  return {
    ...a,
    count: a.count + b.count,
    first: b.first < a.first ? b.first : a.first,
    last: b.last > a.last ? b.last : a.last,
  };
}

/**
 * Counts each call once: a call through a VPC endpoint can have two events. Per type of call, the category with
 * more events counts.
 * @param sorted by `compareActivity`
 */
export function* countedOnce(sorted: Iterable<ActivityRow>): Generator<ActivityRow> {
  let before: ActivityRow | undefined;
  for (const row of sorted) {
    if (before !== undefined && isNetworkCopyOf(row, before)) {
      before = { ...addCounts(before, row), count: Math.max(before.count, row.count) };
      continue;
    }
    if (before !== undefined) yield before;
    before = row;
  }
  if (before !== undefined) yield before;
}

function isNetworkCopyOf({ networkActivity, ...call }: ActivityRow, before: ActivityRow): boolean {
  return networkActivity === true && compareActivity(call, before) === 0;
}

/** Key of a row: rows with the same key are merged. */
export const activityKey = (row: Omit<ActivityRow, keyof Counted>): string =>
  [
    ...actorKey(row.actor),
    row.recipientAccountId,
    row.eventSource,
    row.eventName,
    row.apiCall,
    row.outcome,
    row.errorCode,
    row.networkActivity,
  ].join('\n');

/** Merges rows with the same key. */
export class Aggregator {
  readonly #rows = new Map<string, ActivityRow>();

  add(row: ActivityRow): void {
    const key = activityKey(row);
    const before = this.#rows.get(key);
    this.#rows.set(key, before === undefined ? row : addCounts(before, row));
  }

  /** Sorted by `compareActivity`; counts can be negative. */
  rows(): ActivityRow[] {
    return [...this.#rows.values()].sort(compareActivity);
  }

  /** Rows with each call counted once. */
  counted(): ActivityRow[] {
    return [...countedOnce(this.rows().filter(({ count }) => count > 0))];
  }
}
