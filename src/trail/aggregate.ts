import { compareText } from '../base/compare.js';
import type { ActivityRow, Actor } from './types.js';

/** The order of rows, the same from every engine: by actor, then by call. */
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

/** What makes two actors the same. */
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
 * Rows in which each call counts once: a call that went through a VPC endpoint may have two events. Of the events of one kind of
 * call, those of the category with more of them count.
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

/** What makes two rows be about the same thing. */
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

/** Merges rows that are about the same thing. */
export class Aggregator {
  readonly #rows = new Map<string, ActivityRow>();

  add(row: ActivityRow): void {
    const key = activityKey(row);
    const before = this.#rows.get(key);
    this.#rows.set(key, before === undefined ? row : addCounts(before, row));
  }

  /** Sorted by `compareActivity`; counts may be below zero. */
  rows(): ActivityRow[] {
    return [...this.#rows.values()].sort(compareActivity);
  }

  /** What is left, each call once. */
  counted(): ActivityRow[] {
    return [...countedOnce(this.rows().filter(({ count }) => count > 0))];
  }
}
