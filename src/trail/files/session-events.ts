import type { Actor } from '../types.js';
import { START_WIDTH, type Starts } from './dictionary.js';
import { Ints } from './intern.js';
import type { Numbering } from './numbering.js';
import type { RoleSessions } from './role-sessions.js';
import type { CallInSession } from './tables.js';

/** What is new since the file before: what the next numbers of a lane mean. */
export interface SessionNews {
  /** As in the dictionary. */
  readonly keys: Int32Array<ArrayBuffer>;
  /** ARNs. */
  readonly roles: readonly string[];
  readonly sources: readonly Actor[];
  readonly calls: readonly CallInSession[];
}

/** What a file holds of role sessions, in the numbers of its lane. */
export interface SessionEvents {
  readonly news: SessionNews;
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
  readonly #ids: (string | null)[] = [];
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
    const { numbers, ids } = this.starts;
    const start = this.#next - 1;
    this.#numbers.push(candidate);
    for (let part = 1; part < START_WIDTH; part += 1)
      this.#numbers.push(numbers[START_WIDTH * start + part] ?? -1);
    this.#numbers.push(source);
    this.#ids.push(ids[2 * start] ?? null, ids[2 * start + 1] ?? null);
  }

  part(): Starts {
    return { numbers: this.#numbers.from(0), ids: this.#ids };
  }
}

/** What the numbers of one lane mean among the sessions of all. */
export class SessionLane {
  readonly #keys = new Ints();
  /** Of each key, NOT_YET before it is used: what was only named is forgotten too soon. */
  readonly #sessions = new Ints();
  readonly #calls = new Ints();
  readonly #roles: string[] = [];
  readonly #sources: Actor[] = [];

  constructor(private readonly sessions: RoleSessions) {}

  /** @param time of the candidates: seconds since 1970 @param duplicates among them, ascending */
  add({ news, session, call, starts }: SessionEvents, time: Float64Array, duplicates: Int32Array): void {
    this.#learn(news);
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
      if (isStart) this.#start(starts, nextStart - 1, seconds);
      const its = session[candidate] ?? NONE;
      if (its !== NONE) this.sessions.call(this.#session(its), this.#calls.at(call[candidate] ?? 0), seconds);
    }
  }

  #learn({ keys, roles, sources, calls }: SessionNews): void {
    const { sessions } = this;
    this.#keys.append(keys);
    this.#sessions.fillTo(this.#keys.length / 2, NOT_YET);
    for (const call of calls) this.#calls.push(sessions.calls.add(call));
    for (const role of roles) this.#roles.push(role);
    for (const source of sources)
      this.#sources.push(sessions.sources.at(sessions.sources.add(source)) ?? source);
  }

  #start({ numbers, ids }: Starts, start: number, time: number): void {
    const [, session = NONE, caller = NONE, role = NONE, source = NONE] = numbers.subarray(
      BEGUN_WIDTH * start,
    );
    const roleArn = this.#roles[role];
    const its = this.#sources[source];
    if (roleArn === undefined || its === undefined) return;
    this.sessions.start({
      sessionKey: session === NONE ? null : this.#session(session),
      callerKey: caller === NONE ? null : this.#session(caller),
      source: its,
      roleArn,
      time,
      sharedEventId: ids[2 * start + 1] ?? null,
      eventId: ids[2 * start] ?? '',
    });
  }

  #session(its: number): number {
    const known = this.#sessions.at(its);
    if (known !== NOT_YET) return known;
    const session = this.sessions.session(this.#keys.at(2 * its), this.#keys.at(2 * its + 1));
    this.#sessions.set(its, session);
    return session;
  }
}

/** Collects what a file holds of sessions, for `SessionLane`. */
export class SessionTeller {
  #keys = NO_KEYS;
  #roles: readonly string[] = [];
  readonly #sourceOf = new Map<Actor, number>();
  #sources: Actor[] = [];
  #toldCalls = 0;

  learn(keys: Int32Array<ArrayBuffer>, roles: readonly string[]): void {
    this.#keys = keys;
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
      keys: this.#keys,
      roles: this.#roles,
      sources: this.#sources,
      calls: calls.from(this.#toldCalls),
    };
    this.#toldCalls = calls.size;
    this.#keys = NO_KEYS;
    this.#roles = [];
    this.#sources = [];
    return news;
  }
}

const NO_KEYS = new Int32Array(0);
