import { setFlagsFromString } from 'node:v8';

let isSmall = false;

/**
 * V8 lets the heap grow to as much as four times what was in use after it last collected garbage, and its young generation to 16 MB, of
 * which it has two. Twice, and the 1 MB it begins with, take no more time that could be measured (docs/performance.md), and up to 200
 * MB less. V8 reads both when it collects garbage, so they may be set while it runs.
 */
export function keepHeapSmall(): void {
  isSmall = true;
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** To be called when a thread has started: then V8 sets the growth of young generations to twice again, in all threads. */
export function keepHeapSmallWithThreads(): void {
  if (isSmall) keepHeapSmall();
}
