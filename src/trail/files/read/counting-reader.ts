import { success, type Result } from '../../../base/result.js';
import { Collector, type PartialCounts, type ReadWindow } from '../count/collector.js';
import { EventCounter, type CandidateEvents, type WaitingEvents } from '../count/event-counter.js';
import type { LogStore } from '../../log-files/store.js';
import type { FileRead } from '../evidence/log-files.js';
import { FileReader, type DecodedFile } from '../decode/file-reader.js';
import type { FailedFile } from '../../log-files/read.js';

/** A file that is read but not yet counted: its event fingerprints, for duplicates, and its session events. */
export interface UncountedFile extends FileRead, Pick<CandidateEvents, 'fingerprint' | 'time' | 'sessions'> {}

export interface ReadFile extends UncountedFile {
  /** Indexes in earlier files of this reader are no longer valid. */
  readonly isReset: boolean;
}

function toUncounted(
  { path, source, encoded }: DecodedFile,
  { fingerprint, time, newest, sessions }: CandidateEvents,
): UncountedFile {
  const { counts, problem } = encoded;
  return { path, source, records: counts.recordsRead, problem, newest, fingerprint, time, sessions };
}

/**
 * Reads files and counts their events. It does not see the files of other readers, so it must be told which events
 * are duplicates.
 */
export class CountingReader {
  readonly #reader: FileReader;
  readonly #collector: Collector;
  #counter: EventCounter;
  readonly #waiting: {
    readonly counter: EventCounter;
    readonly events: WaitingEvents;
  }[] = [];

  #records = 0;

  constructor(store: LogStore, scope: ReadWindow) {
    this.#reader = new FileReader(store, scope.requests, scope.hashContents);
    this.#collector = new Collector(scope);
    this.#counter = new EventCounter(this.#collector);
  }

  /** Records waiting to be counted. */
  get waiting(): number {
    return this.#records;
  }

  async read(path: string): Promise<Result<ReadFile, FailedFile>> {
    const result = await this.#reader.read(path);
    if (!result.ok) return result;
    const { encoded, isReset, delta } = result.value;
    if (isReset) {
      const before = this.#counter;
      this.#counter = new EventCounter(this.#collector);
      this.#finishIfLast(before);
    }
    this.#counter.addDelta(delta);
    const candidates = this.#counter.selectCandidates(encoded);
    const { callerCallPair, time, requests } = candidates;
    // Not the other columns: what waits survives collections, and its buffers are then freed late.
    this.#waiting.push({ counter: this.#counter, events: { callerCallPair, time, requests } });
    this.#records += time.length;
    return success({ isReset, ...toUncounted(result.value, candidates) });
  }

  /**
   * Counts the file that has waited longest.
   * @param duplicates indexes of its candidates, ascending
   */
  count(duplicates: Int32Array): void {
    const file = this.#waiting.shift();
    if (file === undefined) return;
    this.#records -= file.events.time.length;
    file.counter.count(file.events, duplicates);
    this.#finishIfLast(file.counter);
  }

  /** A counter gets no more files after a reset of the reader. */
  #finishIfLast(counter: EventCounter): void {
    if (counter !== this.#counter && this.#waiting.every((file) => file.counter !== counter))
      counter.finish();
  }

  /** @returns all counts. Call it once, at the end */
  finish(): PartialCounts {
    this.#counter.finish();
    return this.#collector.part();
  }
}
