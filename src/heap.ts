import { setFlagsFromString } from 'node:v8';

let isSmall = false;

/**
 * By default, V8 lets the heap grow to four times the live data, and each half of the young generation to 16 MB.
 * These flags limit the heap to twice the live data and keep the young generation at its initial size. Without
 * them, reading 2,000,000 events takes 251 MB instead of 210 (the bound is 200 MB, see docs/notes/files-engine.md),
 * at no measurable cost in time. V8 reads both flags at each collection, so they can be set at run time.
 */
export function limitHeapGrowth(): void {
  isSmall = true;
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Call it before threads start, and when each has started: V8 then resets the growth of young generations in all
 * threads. While threads run, heaps may grow to 1.5 times the live data (8 MB less), and new threads compile their
 * code themselves: compilers beside them leave 10 MB behind that the C library does not return.
 */
export function limitThreads(): void {
  if (!isSmall) return;
  limitHeapGrowth();
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--no-concurrent-recompilation');
}

/** Call it after all threads have ended. */
export function endThreadLimits(): void {
  if (!isSmall) return;
  limitHeapGrowth();
  setFlagsFromString('--concurrent-recompilation');
}
