import { compareText } from '../base/compare.js';
import { getOrInsertComputed } from '../base/maps.js';

interface EventCount {
  readonly eventSource: string;
  readonly eventName: string;
  readonly count: number;
}

/** Numbers of events by source and name. */
export class EventCounts {
  readonly #counts = new Map<string, { eventSource: string; eventName: string; count: number }>();

  add({ eventSource, eventName, count }: EventCount): void {
    const key = `${eventSource}\n${eventName}`;
    getOrInsertComputed(this.#counts, key, () => ({ eventSource, eventName, count: 0 })).count += count;
  }

  /** By source, then by name. */
  sorted(): EventCount[] {
    return [...this.#counts.values()].sort(
      (a, b) => compareText(a.eventSource, b.eventSource) || compareText(a.eventName, b.eventName),
    );
  }
}
