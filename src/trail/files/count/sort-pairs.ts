import type { PairTable } from '../collections/pair-table.js';

/** The place of something in an order, by its number. */
export type Rank = (number: number) => number;

/** @param sorted all numbers */
export function toRanks(sorted: ArrayLike<number>): Rank {
  const places = new Int32Array(sorted.length);
  for (let place = 0; place < sorted.length; place += 1) places[sorted[place] ?? -1] = place;
  return (number) => places[number] ?? 0;
}

/** @returns the numbers of pairs, sorted by the places of their parts, which are whole numbers */
export function sortPairs(pairs: PairTable, first: Rank, second: Rank): Int32Array {
  const all = new Int32Array(pairs.size).map((_, number) => number);
  // Sorting by the second leaves those of the same first in that order.
  const bySecond = sortedBy(all, (number) => second(pairs.second(number)));
  return sortedBy(bySecond, (number) => first(pairs.first(number)));
}

/** By counting how many have each place: comparing takes several times as long, and objects to compare memory. */
function sortedBy(numbers: Int32Array, placeOf: Rank): Int32Array {
  const places = numbers.map(placeOf);
  let least = 0;
  let most = 0;
  for (const place of places) {
    if (place < least) least = place;
    if (place > most) most = place;
  }
  const next = new Int32Array(most - least + 2);
  for (const place of places) next[place - least + 1] = (next[place - least + 1] ?? 0) + 1;
  for (let at = 1; at < next.length; at += 1) next[at] = (next[at] ?? 0) + (next[at - 1] ?? 0);
  const sorted = new Int32Array(numbers.length);
  for (const [at, place] of places.entries()) {
    const to = next[place - least] ?? 0;
    next[place - least] = to + 1;
    sorted[to] = numbers[at] ?? 0;
  }
  return sorted;
}
