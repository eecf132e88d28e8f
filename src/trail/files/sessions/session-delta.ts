import { getOrInsertComputed } from '../../../base/maps.js';
import type { Actor } from '../../types.js';
import type { Interner } from '../collections/interner.js';
import type { SessionApiCallKey } from '../count/answer-tables.js';
import type { FileStart } from '../decode/encoded-file.js';

/** Meaning of the indexes that are new since the previous file. */
export interface SessionDelta {
  /** ARNs. */
  readonly roles: readonly string[];
  readonly sources: readonly Actor[];
  readonly calls: readonly SessionApiCallKey[];
}

/** Session events of a file. Session indexes belong to the file, all others to the reader. */
export interface FileSessionEvents {
  readonly delta: SessionDelta;
  /** Like EncodedFile.sessionKeys. */
  readonly keys: Int32Array<ArrayBuffer>;
  /** By candidate: its session, -1 for none, and its call. */
  readonly session: Int32Array<ArrayBuffer>;
  readonly call: Int32Array<ArrayBuffer>;
  readonly starts: readonly CandidateStart[];
}

/** A start among the candidates: `event` is its index among the candidates. */
export interface CandidateStart extends FileStart {
  /** Index of its source. */
  readonly source: number;
}

/** Collects the new indexes of a file for SessionMerger. */
export class SessionDeltaEncoder {
  #roles: readonly string[] = [];
  readonly #sourceOf = new Map<Actor, number>();
  #sources: Actor[] = [];
  #toldCalls = 0;

  addRoles(roles: readonly string[]): void {
    this.#roles = roles;
  }

  source(actor: Actor): number {
    return getOrInsertComputed(this.#sourceOf, actor, () => {
      this.#sources.push(actor);
      return this.#sourceOf.size;
    });
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
