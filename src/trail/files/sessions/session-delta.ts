import type { Actor } from '../../types.js';
import type { Interner } from '../collections/interner.js';
import type { SessionApiCallKey } from '../count/answer-tables.js';
import type { FileStart } from '../decode/encoded-file.js';

/** The meaning of indices that are new since the file before. */
export interface SessionDelta {
  /** ARNs. */
  readonly roles: readonly string[];
  readonly sources: readonly Actor[];
  readonly calls: readonly SessionApiCallKey[];
}

/** The session events of a file. Sessions have indices in the file, all else in the reader. */
export interface FileSessionEvents {
  readonly delta: SessionDelta;
  /** As in EncodedFile.sessionKeys. */
  readonly keys: Int32Array<ArrayBuffer>;
  /** By candidate: its session, -1 when it counts in none, and its call. */
  readonly session: Int32Array<ArrayBuffer>;
  readonly call: Int32Array<ArrayBuffer>;
  readonly starts: readonly CandidateStart[];
}

/** A start that is a candidate: `event` is its index among the candidates. */
export interface CandidateStart extends FileStart {
  /** Index of its source; -1 for none. */
  readonly source: number;
}

/** Collects the indices that are new in a file, for SessionMerger. */
export class SessionDeltaEncoder {
  #roles: readonly string[] = [];
  readonly #sourceOf = new Map<Actor, number>();
  #sources: Actor[] = [];
  #toldCalls = 0;

  addRoles(roles: readonly string[]): void {
    this.#roles = roles;
  }

  source(actor: Actor): number {
    let source = this.#sourceOf.get(actor);
    if (source === undefined) {
      source = this.#sourceOf.size;
      this.#sourceOf.set(actor, source);
      this.#sources.push(actor);
    }
    return source;
  }

  /** @param calls all calls so far */
  delta(calls: Interner<SessionApiCallKey>): SessionDelta {
    const news = {
      roles: this.#roles,
      sources: this.#sources,
      calls: calls.from(this.#toldCalls),
    };
    this.#toldCalls = calls.size;
    this.#roles = [];
    this.#sources = [];
    return news;
  }
}
