import { Collector, type CollectorPart, type Scope } from '../count/collector.js';
import type { FileDigest } from '../decode/encoded-file.js';
import { Lane, type Candidates } from '../count/event-counter.js';
import type { FileRead } from '../evidence/log-files.js';
import { FileReader, type Failed, type ReadFile } from '../decode/file-reader.js';

/** A file that was read, and not yet counted: what duplicates are recognised by, and what it holds of sessions. */
export interface Sifted extends FileRead, Pick<Candidates, 'identity' | 'time' | 'sessions'> {}

export interface Read extends Sifted {
  readonly ok: true;
  /** The numbers of sessions of the same reader's earlier files mean nothing any more. */
  readonly anew: boolean;
}

function siftedOf(
  { path, source, digest }: ReadFile,
  { identity, time, newest, sessions }: Candidates,
): Sifted {
  const { counts, damaged } = digest;
  return { path, source, records: counts.recordsRead, damaged, newest, identity, time, sessions };
}

/**
 * Reads files and counts what is in them. It does not see the files of other readers, so that it must be told which events
 * are duplicates.
 */
export class CountingReader {
  readonly #reader = new FileReader();
  readonly #collector: Collector;
  #lane: Lane;
  readonly #waiting: { readonly lane: Lane; readonly digest: FileDigest; readonly candidates: Candidates }[] =
    [];

  #records = 0;

  constructor(scope: Scope) {
    this.#collector = new Collector(scope);
    this.#lane = new Lane(this.#collector);
  }

  /** How many records wait to be counted. */
  get waiting(): number {
    return this.#records;
  }

  read(path: string): Read | Failed {
    const result = this.#reader.read(path);
    if (!result.ok) return result;
    const { digest, anew } = result;
    if (anew) {
      const before = this.#lane;
      this.#lane = new Lane(this.#collector);
      this.#finishIfLast(before);
    }
    this.#lane.learn(result.dictionary);
    const candidates = this.#lane.sift(digest);
    this.#waiting.push({ lane: this.#lane, digest, candidates });
    this.#records += digest.kind.length;
    return { ok: true, anew, ...siftedOf(result, candidates) };
  }

  /** Counts the file that has waited longest. @param duplicates among its events, ascending */
  count(duplicates: Int32Array): void {
    const file = this.#waiting.shift();
    if (file === undefined) return;
    this.#records -= file.digest.kind.length;
    file.lane.count(file.digest, file.candidates, duplicates);
    this.#finishIfLast(file.lane);
  }

  /** A lane gets no more files when the reader began anew. */
  #finishIfLast(lane: Lane): void {
    if (lane !== this.#lane && this.#waiting.every((file) => file.lane !== lane)) lane.finish();
  }

  /** @returns all that was counted. To be called once, at the end */
  finish(): CollectorPart {
    this.#lane.finish();
    return this.#collector.part();
  }
}
