import type { PairTable } from '../collections/pair-table.js';

/** The rank of a value, by its index. */
export type Rank = (number: number) => number;

/** @param sorted all indexes */
export function toRanks(sorted: ArrayLike<number>): Rank {
  const places = new Int32Array(sorted.length);
  for (let place = 0; place < sorted.length; place += 1) places[sorted[place] ?? -1] = place;
  return (number) => places[number] ?? 0;
}

/** @returns indexes of pairs, sorted by the ranks of their parts, which are integers */
export function sortPairs(pairs: PairTable, first: Rank, second: Rank): Int32Array {
  const all = new Int32Array(pairs.size).map((_, number) => number);
  // The sort is stable: the second part decides between equal first parts.
  const bySecond = sortedBy(all, (number) => second(pairs.second(number)));
  return sortedBy(bySecond, (number) => first(pairs.first(number)));
}

/** Counting sort: sorting by comparison takes several times as long. */
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
