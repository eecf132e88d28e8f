import type { ActivityRow, Actor } from './types.js';

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

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
    compareText(a.errorCode ?? '', b.errorCode ?? '')
  );
}

type Counted = { readonly count: number; readonly first: string; readonly last: string };

/** Adds the counts of `b` to `a`; earliest first, latest last. */
export function addCounts<T extends Counted>(a: T, b: Counted): T {
  return {
    ...a,
    count: a.count + b.count,
    first: b.first < a.first ? b.first : a.first,
    last: b.last > a.last ? b.last : a.last,
  };
}

/** Merges rows that are about the same thing. */
export class Aggregator {
  readonly #rows = new Map<string, ActivityRow>();

  add(row: ActivityRow): void {
    const key = [
      ...actorKey(row.actor),
      row.recipientAccountId,
      row.eventSource,
      row.eventName,
      row.apiCall,
      row.outcome,
      row.errorCode,
    ].join('\n');
    const before = this.#rows.get(key);
    this.#rows.set(key, before === undefined ? row : addCounts(before, row));
  }

  /** Sorted by `compareActivity`. */
  rows(): ActivityRow[] {
    return [...this.#rows.values()].sort(compareActivity);
  }
}
