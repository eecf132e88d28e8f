import { setFlagsFromString } from 'node:v8';

/**
 * V8 lets the heap grow to as much as four times what was in use after it last collected garbage. Twice takes no more time that could be
 * measured (docs/performance.md), and up to 200 MB less. V8 reads this at each collection, so it may be set while it runs.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=100');
}
