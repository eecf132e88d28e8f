import { setFlagsFromString } from 'node:v8';

let isSmall = false;

/**
 * V8 lets the heap grow to four times what was in use after the last garbage collection, and each half of the young generation to 16 MB.
 * These flags limit the heap to twice that and keep the young generation at its first size. Without them, reading 2,000,000 events takes
 * 251 MB instead of 210, and the bound is 200 (docs/notes/files-engine.md); no difference in time was measured. V8 reads both flags
 * at each collection, so they may be set while it runs.
 */
export function limitHeapGrowth(): void {
  isSmall = true;
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Call it when a thread has started: V8 then resets the growth of young generations, in all threads. */
export function limitHeapGrowthWithThreads(): void {
  if (isSmall) limitHeapGrowth();
}
