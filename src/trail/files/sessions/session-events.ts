import type { Actor } from '../../types.js';
import type { FileStart } from '../decode/encoded-file.js';
import { IntList } from '../collections/pair-table.js';
import type { Interner } from '../collections/interner.js';
import { NO_SESSION, type RoleSessions } from './role-sessions.js';
import type { SessionApiCallKey } from '../count/answer-tables.js';

/** What is new since the file before: what the next numbers of a merger mean. */
export interface SessionDelta {
  /** ARNs. */
  readonly roles: readonly string[];
  readonly sources: readonly Actor[];
  readonly calls: readonly SessionApiCallKey[];
}

/** What a file holds of role sessions, in the numbers of its merger, and sessions in its own. */
export interface FileSessionEvents {
  readonly delta: SessionDelta;
  /** As in its digest. */
  readonly keys: Int32Array<ArrayBuffer>;
  /** Of each candidate: the session it was made in, -1 where it counts in none, and its call. */
  readonly session: Int32Array<ArrayBuffer>;
  readonly call: Int32Array<ArrayBuffer>;
  readonly starts: readonly CandidateStart[];
}

/** A start whose event is a candidate: `event` is its index among the candidates. */
export interface CandidateStart extends FileStart {
  /** Index of who started it; -1 for nobody. */
  readonly source: number;
}

const NOT_YET = -2;

/** What the numbers of one merger mean among the sessions of all. */
export class SessionMerger {
  readonly #calls = new IntList();
  readonly #roles = new IntList();
  readonly #sources = new IntList();

  constructor(private readonly sessions: RoleSessions) {}

  /** @param time of the candidates: seconds since 1970 @param duplicates among them, ascending */
  add(file: FileSessionEvents, time: Float64Array, duplicates: Int32Array): void {
    this.#learn(file.delta);
    const { session, call, starts } = file;
    const sessions = new SessionIndices(this.sessions, file.keys);
    let nextDuplicate = 0;
    let nextStart = 0;
    for (let candidate = 0; candidate < time.length; candidate += 1) {
      const start = starts[nextStart]?.event === candidate ? starts[nextStart++] : undefined;
      if (duplicates[nextDuplicate] === candidate) {
        nextDuplicate += 1;
        continue;
      }
      const seconds = time[candidate] ?? 0;
      if (start !== undefined) this.#start(start, seconds, sessions);
      const its = session[candidate] ?? NO_SESSION;
      if (its !== NO_SESSION)
        this.sessions.call(sessions.number(its), this.#calls.at(call[candidate] ?? 0), seconds);
    }
  }

  #learn({ roles, sources, calls }: SessionDelta): void {
    const { sessions } = this;
    for (const call of calls) this.#calls.push(sessions.calls.add(call));
    for (const role of roles) this.#roles.push(sessions.roles.add(role));
    for (const source of sources) this.#sources.push(sessions.sources.add(source));
  }

  #start(start: CandidateStart, time: number, sessions: SessionIndices): void {
    const { eventId, sharedEventId } = start;
    const source = this.sessions.sources.at(this.#sources.at(start.source));
    const roleArn = this.sessions.roles.at(this.#roles.at(start.role));
    if (start.source === -1 || source === undefined || roleArn === undefined) return;
    const key = (its: number): number | null => (its === NO_SESSION ? null : sessions.number(its));
    this.sessions.start({
      sessionKey: key(start.session),
      callerKey: key(start.caller),
      source,
      roleArn,
      time,
      eventId,
      sharedEventId,
    });
  }
}

/** What the numbers of sessions in one file mean among all. */
class SessionIndices {
  /** NOT_YET before it is used: what was only named is forgotten too soon. */
  readonly #numbers: Int32Array;

  constructor(
    private readonly sessions: RoleSessions,
    private readonly keys: Int32Array,
  ) {
    this.#numbers = new Int32Array(keys.length / 2).fill(NOT_YET);
  }

  /** @param its NO_SESSION stays so */
  number(its: number): number {
    if (its === NO_SESSION) return NO_SESSION;
    const known = this.#numbers[its] ?? NOT_YET;
    if (known !== NOT_YET) return known;
    const session = this.sessions.session(this.keys[2 * its] ?? 0, this.keys[2 * its + 1] ?? 0);
    this.#numbers[its] = session;
    return session;
  }
}

/** Collects what a file holds of sessions, for `SessionLane`. */
export class SessionDeltaEncoder {
  #roles: readonly string[] = [];
  readonly #sourceOf = new Map<Actor, number>();
  #sources: Actor[] = [];
  #toldCalls = 0;

  learn(roles: readonly string[]): void {
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

  /** @param calls all that there are */
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
