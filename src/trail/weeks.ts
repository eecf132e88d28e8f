import { compareText } from '../base/compare.js';
import { actorKey, compareActors } from './aggregate.js';
import type { WeekRow } from './types.js';

/** Merges rows of the same week and actor. */
export class WeekAggregator {
  readonly #rows = new Map<string, WeekRow>();

  add(row: WeekRow): void {
    const { actor, recipientAccountId, week, outcome } = row;
    const key = [...actorKey(actor), recipientAccountId, week, outcome].join('\n');
    const before = this.#rows.get(key);
    this.#rows.set(key, before === undefined ? row : { ...before, count: before.count + row.count });
  }

  /** Sorted, the same in every engine; without rows that sum up to zero. */
  rows(): WeekRow[] {
    return [...this.#rows.values()]
      .filter(({ count }) => count > 0)
      .sort(
        (a, b) =>
          compareActors(a.actor, b.actor) ||
          compareText(a.recipientAccountId, b.recipientAccountId) ||
          compareText(a.week, b.week) ||
          compareText(a.outcome, b.outcome),
      );
  }
}
