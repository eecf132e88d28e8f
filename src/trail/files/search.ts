/**
 * Binary search.
 * @param isBehind false for the first of so many numbers from 0 on, true for all behind them
 * @returns the first number for which it is true; `count` where there is none
 */
export function firstWhere(count: number, isBehind: (number: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
