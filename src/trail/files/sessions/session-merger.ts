import { IntList } from '../collections/int-list.js';
import { NO_SESSION, type RoleSessions } from './role-sessions.js';
import type { CandidateStart, FileSessionEvents, SessionDelta } from './session-delta.js';
import { floatAt, intAt } from '../collections/checked.js';

const NOT_YET = -2;

/** Adds the session events of one reader to those of all readers. */
export class SessionMerger {
  readonly #calls = new IntList();
  readonly #roles = new IntList();
  readonly #sources = new IntList();

  constructor(private readonly sessions: RoleSessions) {}

  /**
   * @param time of each candidate: seconds since 1970
   * @param duplicates indexes among the candidates, ascending
   */
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
      const seconds = floatAt(time, candidate);
      if (start !== undefined) this.#start(start, seconds, sessions);
      const its = intAt(session, candidate);
      if (its !== NO_SESSION)
        this.sessions.call(sessions.number(its), this.#calls.at(intAt(call, candidate)), seconds);
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

/** Translates the session indexes of one file. */
class SessionIndices {
  /** NOT_YET before the first use: an unused index would be dropped too early. */
  readonly #numbers: Int32Array;

  constructor(
    private readonly sessions: RoleSessions,
    private readonly keys: Int32Array,
  ) {
    this.#numbers = new Int32Array(keys.length / 2).fill(NOT_YET);
  }

  /** @param its NO_SESSION is returned unchanged */
  number(its: number): number {
    if (its === NO_SESSION) return NO_SESSION;
    const known = intAt(this.#numbers, its);
    if (known !== NOT_YET) return known;
    const session = this.sessions.session(intAt(this.keys, 2 * its), intAt(this.keys, 2 * its + 1));
    this.#numbers[its] = session;
    return session;
  }
}
