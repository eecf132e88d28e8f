import type { PairTable } from '../collections/pair-table.js';
import { at } from '../../../base/checked.js';
import { intAt } from '../collections/checked.js';

/** The rank of a value, by its index. */
export type Rank = (number: number) => number;

/** @param sorted all indexes */
export function toRanks(sorted: ArrayLike<number>): Rank {
  const places = new Int32Array(sorted.length);
  for (let place = 0; place < sorted.length; place += 1) places[at(sorted, place)] = place;
  return (number) => intAt(places, number);
}

/** @returns indexes of pairs, sorted by the ranks of their parts */
export const sortPairs = (pairs: PairTable, first: Rank, second: Rank): Int32Array =>
  new Int32Array(pairs.size)
    .map((_, number) => number)
    .sort(
      (a, b) =>
        first(pairs.first(a)) - first(pairs.first(b)) || second(pairs.second(a)) - second(pairs.second(b)),
    );
