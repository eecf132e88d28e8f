import type { PairTable } from './intern.js';

/** The place of something in an order, by its number. */
export type Place = (number: number) => number;

/** @param sorted all numbers */
export function placeIn(sorted: readonly number[]): Place {
  const places = new Int32Array(sorted.length);
  for (const [place, number] of sorted.entries()) places[number] = place;
  return (number) => places[number] ?? 0;
}

/** @returns the numbers of pairs, sorted by the places of their parts */
export function sortedPairs(pairs: PairTable, first: Place, second: Place): number[] {
  return Array.from({ length: pairs.size }, (_, number) => ({
    number,
    first: first(pairs.first(number)),
    second: second(pairs.second(number)),
  }))
    .sort((a, b) => a.first - b.first || a.second - b.second)
    .map(({ number }) => number);
}
