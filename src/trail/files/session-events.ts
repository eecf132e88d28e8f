import type { Actor } from '../types.js';
import { START_IDS, START_WIDTH, type Starts } from './dictionary.js';
import { Ints } from './intern.js';
import type { Numbering } from './numbering.js';
import type { RoleSessions } from './role-sessions.js';
import type { CallInSession } from './tables.js';
import { NO_SESSION } from './waiting-starts.js';

/** What is new since the file before: what the next numbers of a lane mean. */
export interface SessionNews {
  /** ARNs. */
  readonly roles: readonly string[];
  readonly sources: readonly Actor[];
  readonly calls: readonly CallInSession[];
}

/** What a file holds of role sessions, in the numbers of its lane, and sessions in its own. */
export interface SessionEvents {
  readonly news: SessionNews;
  /** As in its digest. */
  readonly keys: Int32Array<ArrayBuffer>;
  /** Of each candidate: the session it was made in, -1 where it counts in none, and its call. */
  readonly session: Int32Array<ArrayBuffer>;
  readonly call: Int32Array<ArrayBuffer>;
  /** The numbers of candidates stand for those of events, and each has one number more: its source. */
  readonly starts: Starts;
}

const NONE = -1;
const NOT_YET = -2;

/** Of a start here: those of START_WIDTH, and the number of its source. */
const BEGUN_WIDTH = START_WIDTH + 1;

/** The starts of a file, of which those of candidates are taken. */
export class Begun {
  readonly #numbers = new Ints();
  #next = 0;

  constructor(private readonly starts: Starts) {}

  /** @param event to be called for all in order @returns whether it is a start */
  reach(event: number): boolean {
    if (this.starts.numbers[START_WIDTH * this.#next] !== event) return false;
    this.#next += 1;
    return true;
  }

  /** Takes the start that was reached last. */
  take(candidate: number, source: number): void {
    const { numbers } = this.starts;
    const at = START_WIDTH * (this.#next - 1);
    this.#numbers.push(candidate);
    this.#numbers.append(numbers.subarray(at + 1, at + START_WIDTH));
    this.#numbers.push(source);
  }

  part(): Starts {
    return { numbers: this.#numbers.from(0), texts: this.starts.texts };
  }
}

/** What the numbers of one lane mean among the sessions of all. */
export class SessionLane {
  readonly #calls = new Ints();
  readonly #roles = new Ints();
  readonly #sources = new Ints();

  constructor(private readonly sessions: RoleSessions) {}

  /** @param time of the candidates: seconds since 1970 @param duplicates among them, ascending */
  add(file: SessionEvents, time: Float64Array, duplicates: Int32Array): void {
    this.#learn(file.news);
    const { session, call, starts } = file;
    const sessions = new FileSessions(this.sessions, file.keys);
    let nextDuplicate = 0;
    let nextStart = 0;
    for (let candidate = 0; candidate < time.length; candidate += 1) {
      const isStart = starts.numbers[BEGUN_WIDTH * nextStart] === candidate;
      if (isStart) nextStart += 1;
      if (duplicates[nextDuplicate] === candidate) {
        nextDuplicate += 1;
        continue;
      }
      const seconds = time[candidate] ?? 0;
      if (isStart) this.#start(starts, nextStart - 1, seconds, sessions);
      const its = session[candidate] ?? NO_SESSION;
      if (its !== NO_SESSION)
        this.sessions.call(sessions.number(its), this.#calls.at(call[candidate] ?? 0), seconds);
    }
  }

  #learn({ roles, sources, calls }: SessionNews): void {
    const { sessions } = this;
    for (const call of calls) this.#calls.push(sessions.calls.add(call));
    for (const role of roles) this.#roles.push(sessions.roles.add(role));
    for (const source of sources) this.#sources.push(sessions.sources.add(source));
  }

  #start({ numbers, texts }: Starts, start: number, time: number, sessions: FileSessions): void {
    const at = BEGUN_WIDTH * start;
    const role = numbers[at + 3] ?? NONE;
    const source = numbers[at + START_WIDTH] ?? NONE;
    if (role === NONE || source === NONE) return;
    this.sessions.start({
      session: sessions.number(numbers[at + 1] ?? NO_SESSION),
      caller: sessions.number(numbers[at + 2] ?? NO_SESSION),
      source: this.#sources.at(source),
      role: this.#roles.at(role),
      time,
      ids: numbers.subarray(at + START_IDS, at + START_WIDTH),
      texts,
    });
  }
}

/** What the numbers of sessions in one file mean among all. */
class FileSessions {
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
export class SessionTeller {
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
  news(calls: Numbering<CallInSession>): SessionNews {
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
